import { configJsonSchema, type Schema } from './config-json-schema.ts';

/** A table of the page: the fields of one object. */
interface Section {
  /** Markdown; '' for the whole file. */
  heading: string;
  path: string;
  schema: Schema;
}

/** The text of `docs/configuration.md`: every field of `auditor.config.json`, from the schema that checks it. */
export function renderConfigPage(): string {
  const schema = configJsonSchema();
  return [
    '# Configuration',
    '',
    'Generated from `config/schema.ts`, which checks `auditor.config.json` before anything is synthesized: an error names the',
    'field, its value and the remedy, and a field that is not listed here is an error. With',
    '`"$schema": "./docs/config.schema.json"` as the first line, editors complete the file and check it as you type.',
    '',
    'Start from [examples/one-vpc.json](../examples/one-vpc.json); `npx cdk deploy -c config=FILE` reads another file.',
    ...sectionsOf('', schema).flatMap(renderSection),
    '',
  ].join('\n');
}

/** The objects that may stand at a path, each before those inside it. */
function sectionsOf(path: string, schema: Schema): Section[] {
  const { items, additionalProperties, properties } = schema;
  if (items !== undefined) return sectionsOf(`${path}[]`, items);
  if (additionalProperties) return sectionsOf(`${path}.NAME`, additionalProperties);
  if (properties === undefined) return alternativesOf(schema).flatMap((each) => sectionsOf(path, each));
  const inside = fieldsOf(schema).flatMap(([name, field]) => sectionsOf(join(path, name), field));
  return [{ heading: headingOf(path, schema), path, schema }, ...inside];
}

const alternativesOf = ({ anyOf, oneOf }: Schema): Schema[] => anyOf ?? oneOf ?? [];

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

const fieldsOf = ({ properties }: Schema): [string, Schema][] =>
  Object.entries(properties ?? {}).filter(([name]) => name !== '$schema');

function headingOf(path: string, schema: Schema): string {
  if (path === '') return '';
  const kind = fieldsOf(schema).find(([, field]) => field.const !== undefined);
  return kind === undefined ? `\`${path}\`` : `\`${path}\` with ${kind[0]} ${code(kind[1].const)}`;
}

function renderSection({ heading, path, schema }: Section): string[] {
  const { required = [] } = schema;
  return [
    ...(heading === '' ? [] : ['', `## ${heading}`]),
    '',
    '| field | value | default | meaning |',
    '| --- | --- | --- | --- |',
    ...fieldsOf(schema).map(([name, field]) =>
      row(
        `\`${name}\``,
        cellOf(join(path, name), field),
        defaultOf(field, required.includes(name)),
        field.description ?? '',
      ),
    ),
  ];
}

const row = (...cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** What may stand there, in a few words, or where it is told. */
function cellOf(path: string, field: Schema): string {
  const [section] = sectionsOf(path, field);
  if (section === undefined) return kindOf(field);
  const words = field.items ? 'list of objects' : field.additionalProperties ? 'objects by name' : 'object';
  return `[${words}](#${anchorOf(section.heading)})`;
}

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');

function defaultOf({ default: value }: Schema, isRequired: boolean): string {
  if (isRequired) return 'required';
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return value === undefined || isEmpty ? '' : code(value);
}

function kindOf(schema: Schema): string {
  const { type, const: only, enum: words, items = {}, additionalProperties } = schema;
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0) return alternatives.map(kindOf).join(' or ');
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
      return `${kindOf(additionalProperties || {})} by name`;
    case 'null':
      return '`null`';
    default:
      return 'text';
  }
}

const code = (value: unknown): string => `\`${JSON.stringify(value)}\``;

const rangeOf = ({ minimum, maximum = Number.MAX_SAFE_INTEGER }: Schema): string =>
  minimum === undefined || maximum === Number.MAX_SAFE_INTEGER ? '' : `, ${minimum} to ${maximum}`;
