import fc from 'fast-check';

/** Texts that have broken readers before: empty, long, of other scripts, control characters, names of every object, markup, numbers. */
const odd: readonly string[] = [
  '',
  ' ',
  '\0',
  '\r\n',
  '\u202e\u200b\ufeff',
  '\ud800',
  '😀',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'NaN',
  '-1',
  '1e309',
  '0x10',
  '99999999999999999999',
  '010.0.0.1',
  '0.0.0.0/0',
  '10.0.0.0/33',
  '::ffff:10.0.0.1',
  'fe80::1%eth0',
  '2026-13-45T99:99:99Z',
  '+275760-09-13T00:00:00.001Z',
  '<script>alert(1)</script>',
  ']]>',
  '$(touch pwned)',
  '`touch pwned`',
  "'; touch pwned; '",
  '../../../etc/passwd',
  'https://[',
  'a'.repeat(5000),
  'a:'.repeat(2000),
  '('.repeat(1000),
  '🏴'.repeat(500),
  'arn:aws:',
  'arn:aws:elasticloadbalancing:::targetgroup/',
];

/** Not the unit `binary` of fast-check: to draw from it costs a second of processor time before the first text. */
const anyCharacter = fc
  .oneof(fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((codePoint) => String.fromCodePoint(codePoint));

/** Text of any characters. */
export const anyText: fc.Arbitrary<string> = fc.string({ unit: anyCharacter, maxLength: 40 });

/** Any text, the odd ones often. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...odd), weight: 3 },
  { arbitrary: anyText, weight: 1 },
  { arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 40 }), weight: 1 },
);

/** Objects as deep as parsers of JSON make them. */
const deep = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

/** Any value that JSON can hold, with keys that objects have by themselves. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: hostileText, weight: 4 },
  {
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -1,
      1.5,
      1e308,
      Number.MAX_SAFE_INTEGER + 2,
      [],
      {},
      [null],
      [[]],
      { '': null },
      JSON.parse('{"__proto__": {"polluted": true}}'),
      JSON.parse('{"constructor": {"prototype": {"polluted": true}}}'),
      JSON.parse('{"toString": 1, "length": -1, "then": 1}'),
      deep(300),
      Array.from({ length: 3000 }, (_, index) => index),
    ),
    weight: 4,
  },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 1 },
);

/** One change to a plain value: the place is counted from `at`. */
interface Change {
  at: number;
  kind: 'replace' | 'remove' | 'repeat' | 'add';
  value: unknown;
}

const changes = fc.array(
  fc.record<Change>({
    at: fc.nat({ max: 1_000_000 }),
    kind: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'repeat', 'add'),
    value: hostileValue,
  }),
  { minLength: 1, maxLength: 4 },
);

/** Examples with one to four changes anywhere inside, and now and then something else altogether. */
export const spoiled = <Example>(examples: readonly Example[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { arbitrary: hostileValue, weight: 1 },
    {
      arbitrary: fc.tuple(fc.constantFrom(...examples), changes).map(([example, all]) => {
        const copy = { root: structuredClone(example) as unknown };
        for (const change of all) apply(copy, change);
        return copy.root;
      }),
      weight: 9,
    },
  );

/** Strings of an example, each replaced by an odd text as the changes say; the shape stays. */
export const misspelled = <Example>(examples: readonly Example[]): fc.Arbitrary<Example> =>
  fc
    .tuple(
      fc.constantFrom(...examples),
      fc.array(fc.tuple(fc.nat({ max: 1_000_000 }), hostileText), { minLength: 1, maxLength: 4 }),
    )
    .map(([example, texts]) => {
      const copy = { root: structuredClone(example) };
      for (const [at, text] of texts) {
        const places = placesOf(copy).filter(({ holder, key }) => typeof Reflect.get(holder, key) === 'string');
        const place = places[at % Math.max(1, places.length)];
        if (place !== undefined) Reflect.set(place.holder, place.key, text);
      }
      return copy.root;
    });

interface Place {
  holder: object;
  key: string;
}

function placesOf(root: object): Place[] {
  const places: Place[] = [];
  const left: object[] = [root];
  for (let holder = left.pop(); holder !== undefined; holder = left.pop()) {
    for (const [key, value] of Object.entries(holder)) {
      places.push({ holder, key });
      if (typeof value === 'object' && value !== null && places.length < 5000) left.push(value);
    }
  }
  return places;
}

function apply(root: object, { at, kind, value: given }: Change): void {
  const value = structuredClone(given);
  const places = placesOf(root);
  const place = places[at % places.length];
  if (place === undefined) return;
  const { holder, key } = place;
  if (kind === 'remove' && holder !== root) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else Reflect.deleteProperty(holder, key);
  } else if (kind === 'repeat' && Array.isArray(holder)) {
    holder.push(structuredClone(holder[Number(key)]));
  } else if (kind === 'add' && typeof value === 'string' && !Array.isArray(holder) && holder !== root) {
    Object.defineProperty(holder, value, { value: key, enumerable: true, configurable: true, writable: true });
  } else {
    Reflect.set(holder, key, value);
  }
}
