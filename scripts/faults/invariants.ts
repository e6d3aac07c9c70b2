import { UserError } from '../../config/user-error.ts';
import { defaultLifeCycle } from '../../core/lifecycle/thresholds.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Gap } from '../../core/model/gap.ts';
import type { Report } from '../../core/model/report.ts';
import type { SliceName } from '../../core/model/slices.ts';
import { emptyMemory } from '../../core/notification/memory.ts';
import { defaultNoise } from '../../core/notification/policy.ts';
import { type Rules, reconcileState } from '../../core/notification/reconcile-state.ts';
import type { Outcome } from './audit.ts';
import type { Case } from './matrix.ts';
import { isPartOf } from './part-of.ts';

/** What an audit sees when nothing goes wrong. */
export type Truth = NonNullable<Outcome['seen']>;

/** Milliseconds that an audit may take beyond its deadline, and MB that it may hold more than before. */
export const bounds = { graceMs: 5000, mostMb: 450 };

const rules: Rules = { lifeCycle: defaultLifeCycle, noise: defaultNoise, mutes: [] };
const ofCaller = new Set(['expired', 'skew']);

interface Judged {
  tested: Case;
  truth: Truth;
  outcome: Outcome;
  deadlineMs: number;
  trapped: number;
}

/** Every promise that an audit broke, in words; none where it held. */
export function violations({ tested, truth, outcome, deadlineMs, trapped }: Judged): string[] {
  const { error, seen, ms, peakMb } = outcome;
  return [
    ...(ms > deadlineMs + bounds.graceMs ? [`took ${ms} ms of ${deadlineMs}`] : []),
    ...(peakMb > bounds.mostMb ? [`held ${peakMb} MB`] : []),
    ...(trapped > 0 ? ['followed a redirect'] : []),
    ...(seen === undefined ? thrown(tested, error) : [...losses(tested, truth, seen), ...judgements(truth, seen)]),
  ];
}

/** Credentials and clock are for the caller to set right: the audit may end, with words about them. */
function thrown({ call, fault }: Case, error: unknown): string[] {
  const isSaid = error instanceof UserError && ofCaller.has(fault.id) && call.api !== 'kubernetes';
  return isSaid && /sign in|clock/.test(error.message) ? [] : [`threw ${String(error)}`];
}

/** Slices from which it is known what to read of the others. */
const sources: (Gap['slice'] | SliceName)[] = ['clusters', 'loadBalancers', 'targetGroups', 'services', 'instances'];

/** Those of the world; that nothing is probed is the matrix's own wish. */
export const gapsOf = ({ report }: Truth): Gap[] =>
  report.coverage.gaps.filter(({ reason }) => reason !== 'not-requested');

function losses({ call, fault }: Case, truth: Truth, seen: Truth): string[] {
  const gaps = gapsOf(seen);
  const lost = truth.facts.flatMap((whole) =>
    missing(
      whole,
      seen.facts.find((part) => isSame(part, whole)),
    ),
  );
  const unsaid = lost.filter(({ slice }) => !gaps.some((gap) => gap.slice === slice || sources.includes(gap.slice)));
  const foreign = seen.facts.flatMap((part) => invented(part, truth.facts));
  const spared = lost.filter(({ cluster, ofKubernetes }) => cluster === 'spared' && ofKubernetes);
  return [
    ...unsaid.map(({ cluster, slice }) => `${slice} of ${cluster} are missing without a gap`),
    ...foreign,
    ...(call.api === 'kubernetes' ? spared.map(({ slice }) => `${slice} of another cluster are missing`) : []),
    ...(fault.passes && (gaps.length > 0 || lost.length > 0) ? [`lost something: ${formatGap(gaps[0])}`] : []),
    ...(gaps.length > 0 && seen.report.run.complete ? ['is complete in spite of gaps'] : []),
    ...gaps
      .filter(({ message, remedy }) => message === '' || remedy === '')
      .map((gap) => `no remedy: ${formatGap(gap)}`),
    ...gaps.filter(({ reason }) => reason === 'bug').map(formatGap),
    ...(ofCaller.has(fault.id) && call.api !== 'kubernetes'
      ? gaps
          .filter(({ remedy }) => !/sign in|clock/.test(remedy))
          .map((gap) => `remedy for something else: ${gap.remedy}`)
      : []),
  ];
}

interface Lost {
  cluster: string;
  slice: SliceName;
  ofKubernetes: boolean;
}

const isSame = (a: Facts, b: Facts): boolean => a.vpcId === b.vpcId && a.cluster?.name === b.cluster?.name;
const slicesOf = ({ slices }: Facts) => Object.entries(slices) as [SliceName, unknown[]][];

const awsSlices = new Set<SliceName>([
  'loadBalancers',
  'listeners',
  'targetGroups',
  'targetHealth',
  'instances',
  'networkInterfaces',
  'securityGroups',
  'networkAcls',
  'subnets',
  'routeTables',
  'vpcs',
  'dhcpOptions',
  'prefixLists',
  'foreignBindings',
]);

function missing(whole: Facts, part: Facts | undefined): Lost[] {
  const cluster = whole.cluster?.name ?? 'no cluster';
  return slicesOf(whole)
    .filter(([slice, items]) => {
      const read = new Set(part?.slices[slice].map((item) => JSON.stringify(item)));
      return items.some((item) => !read.has(JSON.stringify(item)));
    })
    .map(([slice]) => ({ cluster, slice, ofKubernetes: !awsSlices.has(slice) }));
}

/** What is in a slice and is not so in the world. */
function invented(part: Facts, all: Facts[]): string[] {
  return slicesOf(part).flatMap(([slice, items]) => {
    const known = all.flatMap(({ slices }): unknown[] => slices[slice]);
    const exact = new Set(known.map((item) => JSON.stringify(item)));
    const wrong = items.find(
      (item) => !exact.has(JSON.stringify(item)) && !known.some((other) => isPartOf(item, other)),
    );
    return wrong === undefined ? [] : [`${slice} that are not so: ${JSON.stringify(wrong).slice(0, 200)}`];
  });
}

const formatGap = (gap: Gap | undefined): string => (gap ? `${gap.action} ${gap.reason}: ${gap.message}` : 'no gap');

/** No other cause than the true one is named, nothing opens and nothing resolves, however often the fault comes. */
function judgements({ report: whole }: Truth, { report }: Truth): string[] {
  const causes = new Set(whole.diagnoses.flatMap(causesOf));
  const wrong = report.diagnoses.filter(({ verdict }) => verdict !== 'unexplained').flatMap(causesOf);
  let { memory } = reconcileState(emptyMemory(), whole, rules);
  const turns = [1, 2, 3].flatMap((minutes) => {
    const later = { ...report, run: { ...report.run, finishedAt: after(whole.run.finishedAt, minutes) } };
    const step = reconcileState(memory, later, rules);
    memory = step.memory;
    return step.changes.flatMap(({ transition, fingerprint }) =>
      transition === 'opened' || transition === 'resolved' ? [`${transition} ${fingerprint}`] : [],
    );
  });
  return [...wrong.filter((cause) => !causes.has(cause)).map((cause) => `names ${cause}`), ...turns];
}

const causesOf = ({ cause, targetGroupArn, targets }: Report['diagnoses'][number]): string[] =>
  targets.map(({ id, port }) => `${cause} for ${targetGroupArn.split('/')[1]} ${id}:${port}`);

const after = (moment: string, minutes: number): string =>
  new Date(Date.parse(moment) + minutes * 60_000).toISOString();
