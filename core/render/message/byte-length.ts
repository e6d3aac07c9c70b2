/** Bytes that a text takes in UTF-8; half of a pair of surrogates becomes a replacement character of three bytes. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** As much of a text as fits, in whole characters, with how many were cut. */
export function clampBytes(text: string, mostBytes: number): string {
  if (byteLength(text) <= mostBytes) return text;
  const characters = [...text];
  const room = mostBytes - byteLength(cutNote(characters.length));
  let bytes = 0;
  let kept = 0;
  for (const character of characters) {
    bytes += byteLength(character);
    if (bytes > room) break;
    kept += 1;
  }
  return `${characters.slice(0, kept).join('')}${cutNote(characters.length - kept)}`;
}

const cutNote = (characters: number): string => `… (${characters} characters cut)`;
