import { Document, visit } from 'yaml';

/** Characters that are not seen but act. */
const acting = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu;

/** A value as YAML: all that its JSON has. What could steer a terminal is escaped, so that no value is lost; so is what YAML 1.1 reads as no text. */
export function renderYaml(value: unknown): string {
  const document = new Document(JSON.parse(JSON.stringify(value)), {
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
  });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && node.value.search(acting) >= 0) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0 }).replace(acting, escaped);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
