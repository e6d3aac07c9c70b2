/**
 * Characters that are not seen but act: controls but tab and line feed, and what Unicode calls format, surrogate, line or
 * paragraph separator, or ignorable by default: marks that turn the direction of writing, zero-width characters, tags
 * (UAX #44, `General_Category` and `Default_Ignorable_Code_Point`).
 */
const acting = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu;

/** Text that can neither steer a terminal nor look other than it is; each character that could becomes U+FFFD. */
export const inertText = (text: string): string => text.replace(acting, '\uFFFD');

/** Fields that may have several lines. */
const multiline = new Set(['command', 'verify']);

/**
 * A report, a message or a part of one in which every string is inert and, but for commands, one line. Every renderer takes
 * its input through this, so that no field of it needs a thought of its own.
 */
export const inert = <Part>(part: Part): Part => walk(part, '') as Part;

function walk(value: unknown, key: string): unknown {
  if (typeof value === 'string') {
    const text = inertText(value);
    return multiline.has(key) ? text : text.replace(/[\t\n]+/g, ' ');
  }
  if (Array.isArray(value)) return value.map((each) => walk(each, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, name)]));
}
