import { configJsonSchema, type Schema } from './config-json-schema.ts';

/** An interface of the file, with its text. */
interface Declaration {
  name: string;
  text: string;
}

/** Fields of the file that only a stack of its own needs: a construct gets its VPCs, and its account, from the application. */
const deploymentFields = ['$schema', 'account', 'vpcs'];

/** The text of `config/options.ts`: the configuration as plain interfaces, which need no package to be read. */
export function renderOptionsFile(): string {
  const schema = configJsonSchema();
  const declarations: Declaration[] = [];
  const part = (name: string, what: string, isPart: (field: string) => boolean): string => {
    const fields = Object.entries(schema.properties ?? {}).filter(([field]) => isPart(field));
    return declaration(name, what, { ...schema, properties: Object.fromEntries(fields) }, declarations);
  };
  const options = part('NlbAuditorOptions', 'What an auditor may be told, each field with a default.', isOption);
  const config = part('NlbAuditorConfig extends NlbAuditorOptions', 'The fields of `auditor.config.json`.', isElse);
  return [
    "// Generated from config/schema.ts by `npm run docs`. Plain interfaces, so that another application's compiler needs no zod.",
    ...declarations.map(({ text }) => text),
    options,
    config,
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

const isElse = (field: string): boolean => deploymentFields.includes(field);
const isOption = (field: string): boolean => !isElse(field);

function declaration(name: string, what: string, schema: Schema, declarations: Declaration[]): string {
  const { properties = {}, required = [] } = schema;
  const fields = Object.entries(properties).flatMap(([field, of]) => [
    ...comment(of),
    `  readonly ${field}${required.includes(field) ? '' : '?'}: ${typeOf(field, of, declarations)}${required.includes(field) ? '' : ' | undefined'};`,
  ]);
  return [`/** ${what} */`, `export interface ${name} {`, ...fields, '}'].join('\n');
}

/** The description of a field, and its default as JSDoc has it. */
function comment({ description, default: standard }: Schema): string[] {
  if (description === undefined) return [];
  if (standard === undefined) return [`  /** ${description} */`];
  return ['  /**', `   * ${description}`, `   * @default ${JSON.stringify(standard)}`, '   */'];
}

function typeOf(field: string, schema: Schema, declarations: Declaration[]): string {
  const { type, items, additionalProperties, properties } = schema;
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return union(field, schema, declarations);
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined && type === 'string') return choice(field, schema.enum, declarations);
  if (items !== undefined) return `readonly ${inBrackets(typeOf(singular(field), items, declarations))}[]`;
  if (properties !== undefined) return nested(field, schema, declarations);
  if (additionalProperties) {
    const value = typeOf(singular(field), additionalProperties, declarations);
    // Names from a list need not be there, all of them.
    return `{ readonly [name: string]: ${value}${schema.propertyNames?.enum ? ' | undefined' : ''} }`;
  }
  return type === 'integer' ? 'number' : (type ?? 'unknown');
}

/** Several kinds of objects get a name together. */
function union(field: string, schema: Schema, declarations: Declaration[]): string {
  const { anyOf, oneOf, description } = schema;
  const types = (anyOf ?? oneOf ?? []).map((each) =>
    typeOf(field, { ...(description !== undefined && { description }), ...each }, declarations),
  );
  if (types.length < 4) return types.join(' | ');
  const name = `${pascal(field)}Options`;
  const text = [`/** One of the ${field}s. */`, `export type ${name} =`, ...types.map((type) => `  | ${type}`)];
  declarations.push({ name, text: `${text.join('\n')};` });
  return name;
}

/** Many words get a name together. */
function choice(field: string, words: unknown[], declarations: Declaration[]): string {
  const type = words.map(literal).join(' | ');
  if (words.length < 4) return type;
  const name = `${pascal(field)}Option`;
  declarations.push({ name, text: `/** A choice of \`${field}\`. */\nexport type ${name} = ${type};` });
  return name;
}

/** An object gets an interface that is called like its field; one of several kinds is called like its kind too. */
function nested(field: string, schema: Schema, declarations: Declaration[]): string {
  const kind = schema.properties?.['type']?.const;
  const name = `${typeof kind === 'string' ? pascal(kind) : ''}${pascal(field)}Options`;
  const what = typeof kind === 'string' ? (schema.properties?.['type']?.description ?? '') : schema.description;
  const text = declaration(name, what ?? `An element of \`${field}s\`.`, schema, declarations);
  declarations.push({ name, text });
  return name;
}

const literal = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));
const inBrackets = (type: string): string => (type.includes('|') ? `(${type})` : type);
const singular = (field: string): string => field.replace(/s$/, '');
const pascal = (text: string): string => text.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
