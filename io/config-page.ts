import * as z from 'zod';
import { configSchema } from './config-schema.ts';

/** What of JSON Schema the configuration is described with. */
interface Schema {
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  minimum?: number;
  maximum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | false;
}

/** A table of the page: the fields of the object at `path`, '' for the whole file. */
interface Section {
  path: string;
  schema: Schema;
}

/** The text of `docs/configuration.md`: every field of `auditor.config.json`, from the schema that checks it. */
export function renderConfigPage(): string {
  const schema = z.toJSONSchema(configSchema, { io: 'input' }) as Schema;
  return [
    '# Configuration',
    '',
    'Generated from `io/config-schema.ts`, which checks `auditor.config.json` before anything is synthesized: an error names the',
    'field, its value and the remedy, and a field that is not listed here is an error. With',
    '`"$schema": "./docs/config.schema.json"` as the first line, editors complete the file and check it as you type.',
    '',
    'Start from [examples/one-vpc.json](../examples/one-vpc.json); `npx cdk deploy -c config=FILE` reads another file.',
    ...sectionsOf({ path: '', schema }).flatMap(renderSection),
    '',
  ].join('\n');
}

/** The object itself, then those inside it. */
function sectionsOf({ path, schema }: Section): Section[] {
  const inside = fieldsOf(schema).flatMap(([name, field]) => {
    const element = objectIn(field);
    const place = [...(path === '' ? [] : [path]), name].join('.');
    return element === undefined ? [] : sectionsOf({ path: field.items ? `${place}[]` : place, schema: element });
  });
  return [{ path, schema }, ...inside];
}

const fieldsOf = ({ properties }: Schema): [string, Schema][] =>
  Object.entries(properties ?? {}).filter(([name]) => name !== '$schema');

/** The object that the field is, or a list of; `undefined` for fields of other kinds. */
function objectIn(field: Schema): Schema | undefined {
  const element = field.items ?? field;
  return element.properties === undefined ? undefined : element;
}

function renderSection({ path, schema }: Section): string[] {
  const { required = [] } = schema;
  return [
    ...(path === '' ? [] : ['', `## \`${path}\``]),
    '',
    '| field | value | default | meaning |',
    '| --- | --- | --- | --- |',
    ...fieldsOf(schema).map(([name, field]) => {
      const place = path === '' ? name : `${path}.${name}`;
      const kind = objectIn(field) === undefined ? kindOf(field) : linkTo(place, field);
      return row(`\`${name}\``, kind, defaultOf(field, required.includes(name)), field.description ?? '');
    }),
  ];
}

/** To the section of an object, by the anchor that GitHub gives to its heading. */
const linkTo = (path: string, { items }: Schema): string =>
  `[${items ? 'list of objects' : 'object'}](#${path.toLowerCase().replaceAll(/[^a-z0-9-]/g, '')})`;

const row = (...cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

function defaultOf({ default: value }: Schema, isRequired: boolean): string {
  if (isRequired) return 'required';
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return value === undefined || isEmpty ? '' : code(value);
}

/** What may stand there, in a few words. */
function kindOf(schema: Schema): string {
  const { type, anyOf, const: only, enum: words, items = {}, additionalProperties } = schema;
  if (anyOf !== undefined) return anyOf.map(kindOf).join(' or ');
  if (only !== undefined) return code(only);
  if (words !== undefined) return words.map(code).join(', ');
  switch (type) {
    case 'array':
      return `list of ${kindOf(items)}`;
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `whole number${rangeOf(schema)}`;
    case 'number':
      return `number${rangeOf(schema)}`;
    case 'object':
      return `object of ${kindOf(additionalProperties || {})}`;
    default:
      return type === 'null' ? 'null' : 'text';
  }
}

const code = (value: unknown): string => `\`${JSON.stringify(value)}\``;

const rangeOf = ({ minimum, maximum = Number.MAX_SAFE_INTEGER }: Schema): string =>
  minimum === undefined || maximum === Number.MAX_SAFE_INTEGER ? '' : `, ${minimum} to ${maximum}`;
