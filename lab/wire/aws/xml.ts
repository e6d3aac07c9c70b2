/** A value that XML can carry; a Date becomes RFC 3339 text, `undefined` is left out. */
export type XmlValue = string | number | boolean | Date | undefined | XmlValue[] | { [element: string]: XmlValue };

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Writes the children of an element; members of a list become elements named `listElement`. */
export function xml(value: XmlValue, listElement: string): string {
  if (value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((each) => element(listElement, each, listElement)).join('');
  if (typeof value !== 'object') return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? '');
  return Object.entries(value)
    .map(([name, child]) => element(name, child, listElement))
    .join('');
}

function element(name: string, value: XmlValue, listElement: string): string {
  return value === undefined ? '' : `<${name}>${xml(value, listElement)}</${name}>`;
}
