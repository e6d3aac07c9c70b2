import fc from 'fast-check';
import { assess } from '../../../core/diagnosis/assess.ts';
import { emptyMemory } from '../../../core/notification/memory.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { outputs } from '../../../core/render/outputs.ts';
import { readCluster } from '../../../io/kubernetes/cluster.ts';
import type { FullObservation } from '../../../io/observe.ts';
import { hostileText, misspelled, spoiled } from '../hostile.ts';
import { observation, recording, rules, whole } from '../observed.ts';
import { replay } from '../recording.ts';
import { type Subject, subject } from '../subject.ts';

/** Judges, compares and renders what was observed. */
function conclude(observed: FullObservation, form: keyof typeof outputs): void {
  const { report } = assess(observed);
  const { gaps } = report.coverage;
  const bug = gaps.find(({ reason }) => reason === 'bug');
  if (bug !== undefined) throw new Error(`${bug.action}: ${bug.message}`);
  const silent = gaps.find(({ remedy, message }) => remedy === '' || message === '');
  if (silent !== undefined) throw new Error(`a gap without words: ${silent.action}`);
  reconcileState(emptyMemory(), report, rules);
  outputs[form](report);
}

/** Reads the struck cluster again, of which one answer is another one; the rest of the account stays as it was. */
export async function withCluster({ key, answer }: KubernetesAnswer): Promise<FullObservation> {
  const facts = whole.facts.find(({ cluster }) => cluster?.name === 'struck');
  if (!facts?.cluster) throw new Error('nothing was recorded of the cluster');
  const clients = replay({ ...recording, kubernetes: new Map([...recording.kubernetes, [key, answer]]) });
  try {
    const { slices, gaps } = await readCluster(clients, facts.cluster);
    return { ...whole, facts: [{ ...facts, slices: { ...facts.slices, ...slices }, gaps: [...facts.gaps, ...gaps] }] };
  } finally {
    clients.close();
  }
}

const form = fc.constantFrom(...(Object.keys(outputs) as (keyof typeof outputs)[]));

interface KubernetesAnswer {
  key: string;
  answer: unknown;
}

const ofStruck = [...recording.kubernetes].filter(([key]) => key.startsWith('struck '));

/** One answer of the API server in another form: `spoiled` loses its shape, `misspelled` keeps it. */
const kubernetesAnswers = (change: typeof spoiled): fc.Arbitrary<KubernetesAnswer> =>
  fc.constantFrom(...ofStruck).chain(([key, value]) => change([value]).map((answer) => ({ key, answer })));

/** One answer of AWS with a value replaced, left out or repeated, or cut. */
const awsAnswers: fc.Arbitrary<{ key: string; body: string }> = fc
  .tuple(
    fc.constantFrom(...recording.aws),
    fc.constantFrom('replace', 'replace', 'remove', 'repeat', 'cut'),
    fc.nat({ max: 1_000_000 }),
    hostileText,
  )
  .map(([[key, { body }], kind, at, text]) => ({ key, body: changed(body, { kind, at, text }) }));

/** Values of XML with their element, and of JSON with their key. */
const values = /<(\w+)>([^<]*)<\/\1>|"(?:\w+)":\s*(?:"[^"]*"|[\w.]+)/g;

function changed(body: string, { kind, at, text }: { kind: string; at: number; text: string }): string {
  const places = [...body.matchAll(values)];
  const place = places[at % Math.max(1, places.length)];
  if (kind === 'cut' || place === undefined) return body.slice(0, at % (body.length + 1));
  const [whole, element] = place;
  const before = body.slice(0, place.index);
  const after = body.slice(place.index + whole.length);
  if (kind === 'remove') return element === undefined ? `${before}"removed":0${after}` : before + after;
  if (kind === 'repeat') return before + whole + (element === undefined ? `,${whole}` : whole) + after;
  if (element === undefined) return `${before}${whole.slice(0, whole.indexOf(':'))}:${JSON.stringify(text)}${after}`;
  return `${before}<${element}>${escaped(text)}</${element}>${after}`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Each input is a run of its own. */
const inCi = 100;

/** The whole line, from the answers of an account to a report in every form. */
export const lineSubjects: Subject[] = [
  ...[
    ['pages of Kubernetes without their shape', kubernetesAnswers(spoiled)] as const,
    ['pages of Kubernetes with odd words', kubernetesAnswers(misspelled)] as const,
  ].map(([id, answers]) =>
    subject({ id, inCi }, fc.tuple(answers, form), async ([answer, as]) => conclude(await withCluster(answer), as)),
  ),
  subject({ id: 'answers of AWS', inCi }, fc.tuple(awsAnswers, form), async ([{ key, body }, as]) => {
    const headers = recording.aws.get(key)?.headers ?? {};
    const aws = new Map([...recording.aws, [key, { headers, body }] as const]);
    conclude(await observation({ ...recording, aws }), as);
  }),
];
