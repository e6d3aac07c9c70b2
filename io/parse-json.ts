/** JSON that no reader here can have a use for: to parse it would take many times the memory of its text. */
export class JsonOutOfBounds extends SyntaxError {
  override name = 'JsonOutOfBounds';
}

/** Levels of lists and objects in one another; facts and objects of Kubernetes have some 15, a schema of a custom resource some 40. */
const mostLevels = 100;

/** Values of any document, and characters of a long one for each value beyond them; facts, reports and lists of Kubernetes have 13 or more. */
const [freeValues, leastCharacters] = [1_000_000, 10];

/**
 * The value of JSON that came from outside, however large it is: how much of it is read is up to who reads it. Throws a SyntaxError, which repeats a part of
 * the text, where it is no JSON, and JsonOutOfBounds, before anything is parsed, where a short text would become gigabytes.
 */
export function parseJson(text: string): unknown {
  refuseOutOfBounds(text);
  return JSON.parse(text);
}

function refuseOutOfBounds(text: string): void {
  let [levels, values] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quote) at = endOfString(text, at);
    else if (character === openBracket || character === openBrace) {
      values++;
      levels++;
      if (levels > mostLevels) throw new JsonOutOfBounds(`has lists and objects nested more than ${mostLevels} deep`);
    } else if (character === closeBracket || character === closeBrace) levels--;
    else if (character === comma) values++;
  }
  if (values > freeValues + text.length / leastCharacters) {
    throw new JsonOutOfBounds(`has ${values} values in ${text.length} characters, more than real data has`);
  }
}

/** Where the string ends that begins at a quote: at the next one that is not escaped, or with the text. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

const code = (character: string): number => character.charCodeAt(0);
const [quote, backslash, comma] = [code('"'), code('\\'), code(',')];
const [openBrace, closeBrace, openBracket, closeBracket] = [code('{'), code('}'), code('['), code(']')];
