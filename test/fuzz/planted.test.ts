import { expect, test } from 'vitest';
import { assess } from '../../core/diagnosis/assess.ts';
import { readCluster } from '../../io/kubernetes/cluster.ts';
import type { FullObservation } from '../../io/observe.ts';
import { mediaOf } from '../../scripts/fuzz/media.ts';
import { recording, whole } from '../../scripts/fuzz/observed.ts';
import { type Recording, replay } from '../../scripts/fuzz/recording.ts';

/** Characters that act where they are shown, and what JSON writes for them. */
const acting = /(?![\t\n\r])[\p{Cc}\p{Cs}]|[\u{202e}\u{200b}\u{e0041}]|\\u(?:001b|0007|202e|200b|db40|d800)/iu;

/** A key that tells in which place it was planted. */
const keyOf = (place: number): string =>
  `AK${'IA'}QZWK7MJ${place
    .toString(4)
    .padStart(9, '0')
    .replace(/[01]/g, (digit) => 'XY'[Number(digit)] ?? '')}`;
const anyKey = /AKIAQZWK7MJ[XY23]{9}/g;

const hostileFor = (place: number): string =>
  ` token=${keyOf(place)} \u001b]52;c;cHduZWQ=\u0007\r\u202e\u200b\u{e0041}\ud800 ${'long '.repeat(4000)}`;

/** What identifies something keeps what looks like a key: everything is found by it. */
const identity = /\.(?:name|namespace|uid|nodeName|image|kind|apiVersion)$/;
/** What the API server itself writes in a form of its own; another text is no answer. */
const formal = /time$|At$|\.resourceVersion$/i;

/** Places of texts, by the answer that they are in and the path of fields to them. */
const placesIn = (answers: Map<string, unknown>): string[] => {
  const places = new Set<string>();
  for (const [key, answer] of answers)
    changeTexts(answer, key.replace(/\?.*| \{.*/, ''), (path, text) => {
      places.add(path);
      return text;
    });
  return [...places];
};

/** A copy in which each text is what `change` makes of it; keys that people choose count as one field. */
function changeTexts(value: unknown, path: string, change: (path: string, text: string) => string): unknown {
  if (typeof value === 'string') return change(path, value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((each) => changeTexts(each, path, change));
  const entries = Object.entries(value).map(([name, inner]) => {
    const field = /^\w{1,40}$/.test(name) ? name : '*';
    return [name, changeTexts(inner, `${path}.${field}`, change)];
  });
  return Object.fromEntries(entries);
}

const struck = new Map([...recording.kubernetes].filter(([key]) => key.startsWith('struck ')));
const places = placesIn(struck).filter((place) => !formal.test(place));
const batches = 12;

/** The account with hostile texts in every twelfth place of one cluster, so that the rest still has causes to tell. */
async function planted(batch: number): Promise<FullObservation> {
  const kubernetes: Recording['kubernetes'] = new Map(recording.kubernetes);
  for (const [key, answer] of struck) {
    const at = key.replace(/\?.*| \{.*/, '');
    kubernetes.set(
      key,
      changeTexts(answer, at, (path, text) => {
        const place = places.indexOf(path);
        return place >= 0 && place % batches === batch ? text + hostileFor(place) : text;
      }),
    );
  }
  const facts = whole.facts.find(({ cluster }) => cluster?.name === 'struck');
  if (!facts?.cluster) throw new Error('nothing was recorded of the cluster');
  const clients = replay({ ...recording, kubernetes });
  try {
    const { slices, gaps } = await readCluster(clients, facts.cluster);
    return { ...whole, facts: [{ ...facts, slices: { ...facts.slices, ...slices }, gaps: [...facts.gaps, ...gaps] }] };
  } finally {
    clients.close();
  }
}

/** Places whose key can be read in this text, though they identify nothing. */
const leakedIn = (text: string): string[] => {
  const found = new Set(text.match(anyKey));
  return places.filter((place, index) => !identity.test(place) && found.has(keyOf(index)));
};

test('texts of many fields are planted', () => {
  expect(places.length).toBeGreaterThan(150);
});

test.each(Array.from({ length: batches }, (_, batch) => batch))(
  'what is planted in fields of a cluster comes out of Facts and of every medium clean: part %i',
  async (batch) => {
    const observed = await planted(batch);
    const facts = JSON.stringify(observed.facts);
    expect(facts).toContain('\uFFFD');
    for (const [medium, text] of [['facts', facts] as const, ...mediaOf(assess(observed).report)]) {
      expect(acting.exec(text)?.[0], medium).toBeUndefined();
      expect(leakedIn(text), medium).toEqual([]);
    }
  },
);
