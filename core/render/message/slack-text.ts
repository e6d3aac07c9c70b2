/** Text that Slack shows as it is written: only `&`, `<` and `>` have a meaning of their own (Slack, "Formatting text"). */
export const escapeSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const marks = new Set('&<>');

/** Escapes and then clamps to `limit` characters, outside of entities, saying how many characters were cut. */
export function slackText(text: string, limit: number): string {
  const pieces = piecesOf(text);
  const whole = pieces.join('');
  if (whole.length <= limit) return whole;
  const room = limit - cutNote(pieces.length).length;
  let shown = '';
  let count = 0;
  for (const piece of pieces) {
    if (shown.length + piece.length > room) break;
    shown += piece;
    count += 1;
  }
  return `${shown}${cutNote(pieces.length - count)}`;
}

/** Invisible, takes no room and allows no break. */
const wordJoiner = '\u2060';

/** One piece for each character; a joiner keeps `:100:` in `10.0.0.1:100: refused` from becoming an emoji. */
function piecesOf(text: string): string[] {
  const ends = new Set([...text.matchAll(/:[\w+'-]+(?=:)/g)].map(({ 0: name, index }) => index + name.length));
  let end = 0;
  return [...text].map((character) => {
    end += character.length;
    const escaped = marks.has(character) ? escapeSlack(character) : character;
    return ends.has(end) ? `${escaped}${wordJoiner}` : escaped;
  });
}

/**
 * A command in a block of code, character by character as it is. One that has no room, or that would end the block itself,
 * is not shown, because who copies a part of a command runs another command.
 */
export function slackCode(command: string, limit: number): string {
  const block = `\`\`\`${escapeSlack(command)}\`\`\``;
  return block.length > limit || command.includes('```') ? notShown : block;
}

const notShown = 'The command cannot be shown here unchanged; it is in the report.';

const cutNote = (characters: number): string => `… (${characters} characters cut)`;
