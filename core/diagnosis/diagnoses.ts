import type { Diagnosis, Verdict } from '../model/diagnosis.ts';
import { severities } from '../model/severity.ts';

/** Diagnoses with one of these verdicts, the most severe first. */
export const inOrder = (diagnoses: Diagnosis[], ...verdicts: Verdict[]): Diagnosis[] =>
  diagnoses
    .filter(({ verdict }) => verdicts.includes(verdict))
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));

/** `cluster namespace/service`, with the target group where the cause is about that alone; the target group where no Service is known. */
export function placeOf({
  cluster,
  namespace,
  service,
  targetGroupArn,
  besideOthers,
}: Pick<Diagnosis, 'cluster' | 'namespace' | 'service' | 'targetGroupArn'> & {
  besideOthers?: Diagnosis['besideOthers'] | undefined;
}): string {
  const targetGroup = targetGroupArn.split(':targetgroup/')[1]?.split('/')[0] ?? targetGroupArn;
  if (service === null) return targetGroup;
  const place = `${cluster} ${namespace}/${service}`;
  return besideOthers === true ? `${place}, target group ${targetGroup}` : place;
}

/** What was seen, each observation once, with the number of targets that show it. */
export function observationsOf({ evidence, asOf }: Diagnosis): string[] {
  const alike = Map.groupBy(evidence, ({ saw }) => saw);
  return [...ageOf(asOf), ...[...alike].map(([saw, { length }]) => (length > 1 ? `${saw} (${length} targets)` : saw))];
}

/** The same in short: observations that differ in the name of a pod, node or address only are one, with their number. */
export const observationsInShort = ({ evidence, asOf }: Diagnosis): string[] => [
  ...ageOf(asOf),
  ...kindsOf(evidence).map(({ first, more }) => `${first.saw}${formatAlike(more)}`),
];

const ageOf = (asOf: string | undefined): string[] =>
  asOf === undefined ? [] : [`not read in this run: this is the verdict of ${asOf}`];

export const formatAlike = (more: number): string => (more === 0 ? '' : ` (${more} more like this)`);

/** One of many observations, and how many differ from it in one name at most. */
interface Kind<Seen> {
  first: Seen;
  more: number;
}

/** The first observation of each kind, in their order. */
export function kindsOf<Seen extends { saw: string }>(evidence: Seen[]): Kind<Seen>[] {
  const byForm = new Map<string, Kind<Seen>>();
  const kinds: Kind<Seen>[] = [];
  for (const each of evidence) {
    const forms = formsOf(each.saw);
    const known = forms.map((form) => byForm.get(form)).find((kind) => kind !== undefined);
    if (known !== undefined) {
      known.more += 1;
      continue;
    }
    const kind = { first: each, more: 0 };
    kinds.push(kind);
    for (const form of forms) byForm.set(form, kind);
  }
  return kinds;
}

/** `namespace/pod`, a node, an instance or an address, which stands for one of many. */
const name = /^(?:[\w.-]+\/[\w.-]+|ip-[\w.-]+|i-[0-9a-f]+|\d+\.\d+\.\d+\.\d+(?::\d+)?)[:,;]?$/;

/** The address in a URL; the rest of it is part of what was seen. */
const host = /(?<=^https?:\/\/)(?:\d+\.\d+\.\d+\.\d+|\[[0-9a-f:]+\])(?::\d+)?/;

/** The text, and the text with each of its names left out in turn. */
function formsOf(saw: string): string[] {
  const words = saw.split(' ');
  return [
    saw,
    ...words.flatMap((word, index) => {
      const without = name.test(word) ? '…' : word.replace(host, '…');
      return without === word ? [] : [words.with(index, without).join(' ')];
    }),
  ];
}
