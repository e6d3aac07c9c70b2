/** Text that Slack shows as it is written: only `&`, `<` and `>` have a meaning of their own (Slack, "Formatting text"). */
export const escapeSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Escapes and then clamps to `limit` characters, outside of entities, saying how many characters were cut. */
export function slackText(text: string, limit: number): string {
  const pieces = [...text].map(escapeSlack);
  if (escapeSlack(text).length <= limit) return pieces.join('');
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

/** Fixed-width text on lines of its own; what would end it early is defused. */
export const slackCode = (text: string, limit: number): string =>
  `\`\`\`${slackText(text.replaceAll('```', "'''"), limit - 6)}\`\`\``;

const cutNote = (characters: number): string => `… (${characters} characters cut)`;
