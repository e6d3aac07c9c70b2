import type { Definition } from 'ts-json-schema-generator';

/** A schema in which the limits that the description of a field states in words hold for the field. */
export function withDocumentedLimits<Part>(part: Part): Part {
  if (Array.isArray(part)) return part.map(withDocumentedLimits) as Part;
  if (typeof part !== 'object' || part === null) return part;
  const fields = Object.entries(part).map(([name, value]) => [
    name,
    name === 'properties' ? limitedProperties(value) : withDocumentedLimits(value),
  ]);
  return Object.fromEntries(fields);
}

const limitedProperties = (properties: Record<string, Definition>): Record<string, Definition> =>
  Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      { ...withDocumentedLimits(property), ...limitsOf(property) },
    ]),
  );

/** Limits of a text are of the field itself, or of the text of the object in it. */
export function limitsOf({ type, description = '' }: Definition): Definition {
  const words = description.replace(/\s+/g, ' ');
  const number = (pattern: RegExp): number | undefined => {
    const found = pattern.exec(words)?.[1]?.replace(',', '');
    return found === undefined ? undefined : Number(found);
  };
  const items = number(/maximum (?:of|number of items is) (\d+)/i);
  const text = {
    ...given(
      'maxLength',
      number(/(?:maximum length(?: for the `?text`? (?:with)?in this field| for this field)? is|limit) ([\d,]+)/i),
    ),
    ...given('minLength', number(/minimum length(?: for the `?text`? in this field)? is (\d+)/i)),
  };
  const ofEach = given('maxLength', number(/maximum length for the text in each item is (\d+)/i));
  return {
    ...given('maxItems', items),
    ...(type === 'string' || Object.keys(text).length === 0 ? text : { properties: { text } }),
    ...(Object.keys(ofEach).length > 0 && { allOf: [{ items: { properties: { text: ofEach } } }] }),
  };
}

const given = (name: string, value: number | undefined): Definition => (value === undefined ? {} : { [name]: value });
