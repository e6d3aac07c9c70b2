/** A value of a template. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** A text of a synthesized template that stands for what a parameter gives. */
export interface Placeholder {
  text: string;
  /** What replaces it inside a longer text. */
  inText: Json;
  /** What replaces a list that holds nothing else; for placeholders of lists. */
  asList?: Json;
}

/** Puts what parameters give where placeholders are, in values of any depth; texts around them become Fn::Join. */
export function filledIn(value: Json, placeholders: readonly Placeholder[]): Json {
  if (typeof value === 'string') return filledText(value, placeholders);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const whole = placeholders.find(
      ({ text, asList }) => asList !== undefined && value.length === 1 && value[0] === text,
    );
    return whole?.asList ?? value.map((each) => filledIn(each, placeholders));
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filledIn(each, placeholders)]));
}

function filledText(text: string, placeholders: readonly Placeholder[]): Json {
  const found = placeholders.find((each) => text.includes(each.text));
  if (found === undefined) return text;
  if (text === found.text) return found.inText;
  const pieces = text
    .split(found.text)
    .flatMap((piece, index) => [
      ...(index > 0 ? [found.inText] : []),
      ...(piece === '' ? [] : [filledText(piece, placeholders)]),
    ]);
  return { 'Fn::Join': ['', pieces] };
}
