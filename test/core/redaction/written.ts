const alphabets: Record<string, string> = {
  A: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  a: 'abcdefghijklmnopqrstuvwxyz0123456789',
  U: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  h: '0123456789abcdef',
  H: '0123456789ABCDEF',
  d: '0123456789',
  2: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  b: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  u: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-',
};

/** Characters like those of a random generator, the same for each seed. */
function random(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e37_79b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

/**
 * Writes out a shape, so that no file holds what looks like a key: `{h:64}` stands for 64 hexadecimal digits, `{g}` for a UUID,
 * `⏎` for a line feed, `{-}` for `-`.
 */
export function written(shape: string, seed: number): string {
  const next = random(seed);
  const characters = (alphabet: string, count: number) =>
    Array.from({ length: count }, () => alphabet[Math.floor(next() * alphabet.length)]).join('');
  return shape
    .replaceAll('{g}', '{h:8}-{h:4}-4{h:3}-a{h:3}-{h:12}')
    .replace(/\{(\w):(\d+)\}/g, (_, alphabet: string, count: string) =>
      characters(alphabets[alphabet] ?? '', Number(count)),
    )
    .replaceAll('{-}', '-')
    .replaceAll('⏎', '\n');
}
