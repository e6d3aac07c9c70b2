import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { type Declaration, declarationOf, type Member } from './declarations.ts';

const entry = 'index.ts';

/** The text of `docs/api.md`: what another CDK application imports, from the declarations themselves. */
export const renderApiPage = (): string =>
  [
    '# API of the construct',
    '',
    'Generated from the declarations that `eks-nlb-auditor` exports. `aws-cdk-lib` and `constructs` are your own; the types of',
    'options whose names end in `Options` are those of [the configuration file](configuration.md).',
    '',
    '```ts',
    "import { NlbAuditor } from 'eks-nlb-auditor';",
    '',
    "const auditor = new NlbAuditor(this, 'NlbAuditor', { vpcs: [{ vpc, clusters: [cluster] }] });",
    'auditor.grantReadReports(role);',
    '```',
    '',
    '`loadConfig(path)` reads and checks a configuration file for `NlbAuditorStack`; it throws an error that names every wrong field,',
    'its value and the remedy.',
    ...exportsOf().flatMap(({ path, name }) => render(declarationOf(path, name))),
    '',
  ].join('\n');

/** The interfaces and classes that the entry names; what it passes on as a whole is the configuration's. */
function exportsOf(): { path: string; name: string }[] {
  const { module } = parseSync(entry, readFileSync(new URL(`../../${entry}`, import.meta.url), 'utf8'));
  const named = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, importName }) =>
      moduleRequest && importName.name !== null ? [{ path: moduleRequest.value.slice(2), name: importName.name }] : [],
    ),
  );
  const isAuditor = ({ path }: { path: string }): boolean => path === 'lib/nlb-auditor.ts';
  return [...named.filter(isAuditor), ...named.filter((each) => !isAuditor(each))];
}

const render = ({ name, kind, doc, inherits, properties, methods }: Declaration): string[] => [
  '',
  `## ${name}`,
  '',
  ...(doc === '' ? [] : [doc, '']),
  ...(inherits.length === 0
    ? []
    : [`${kind === 'class' ? 'Is a' : 'With the fields of'} ${inherits.map(code).join(' and ')}.`, '']),
  ...(kind === 'interface' ? tableOf(properties) : ['Properties:', '', ...listOf(properties)]),
  ...(methods.length === 0
    ? []
    : ['', 'Methods:', '', ...methods.map(({ name: method, type, doc: what }) => `- \`${method}${type}\`: ${what}`)]),
];

const tableOf = (properties: Member[]): string[] => [
  '| field | type | default | |',
  '| --- | --- | --- | --- |',
  ...properties.map(({ name, type, optional, doc, byDefault }) => {
    const otherwise = byDefault ?? (optional ? 'none' : 'required');
    return `| \`${name}\` | ${cell(code(type.replace(/ \| undefined$/, '')))} | ${cell(otherwise)} | ${cell(doc)} |`;
  }),
];

const listOf = (properties: Member[]): string[] =>
  properties.map(
    ({ name, type, optional, doc }) => `- \`${name}${optional ? '?' : ''}: ${type}\`${doc === '' ? '' : `: ${doc}`}`,
  );

const code = (text: string): string => `\`${text}\``;

const cell = (text: string): string => text.replaceAll('|', '\\|');
