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

/** What one audit saw. */
export type Seen = NonNullable<Outcome['seen']>;

/** What an audit sees when nothing goes wrong. */
export interface Truth extends Seen {
  /** The same account where every target group counts as failing, so that all is read that can be. */
  all: Facts[];
}

/** Milliseconds that an audit may take beyond its deadline, and MB that it may hold more than before. */
export const bounds = { graceMs: 5000, mostMb: 450 };

const rules: Rules = { lifeCycle: defaultLifeCycle, noise: defaultNoise, mutes: [] };
const ofCaller = new Set(['expired', 'skew']);
const ofNetwork = new Set(['redirect', 'html']);

interface Judged {
  tested: Case;
  truth: Truth;
  outcome: Outcome;
  deadlineMs: number;
  trapped: number;
}

/** Every promise that an audit broke, in words; none where it held. */
export function violations({ tested, truth: dated, outcome, deadlineMs, trapped }: Judged): string[] {
  const { error, ms, peakMb } = outcome;
  const truth = { ...dated, facts: dated.facts.map(undated), all: dated.all.map(undated) };
  const seen = outcome.seen && { ...outcome.seen, facts: outcome.seen.facts.map(undated) };
  return [
    ...(ms > deadlineMs + bounds.graceMs ? [`took ${ms} ms of ${deadlineMs}`] : []),
    ...(peakMb > bounds.mostMb ? [`held ${peakMb} MB`] : []),
    ...(trapped > 0 ? ['followed a redirect'] : []),
    ...(seen === undefined ? thrown(tested, error) : [...losses(tested, truth, seen), ...judgements(truth, seen)]),
  ];
}

/** Credentials, clock and a network that answers instead of AWS are for the caller to set right: the audit may end, with words about them. */
function thrown({ call, fault }: Case, error: unknown): string[] {
  const words = error instanceof UserError ? error.message : '';
  const isOfCredentials = ofCaller.has(fault.id) && call.api !== 'kubernetes' && /sign in|clock/.test(words);
  const isOfNetwork =
    ofNetwork.has(fault.id) && call.id === 'sts:GetCallerIdentity' && words.includes('captive portal');
  return isOfCredentials || isOfNetwork ? [] : [`threw ${String(error)}`];
}

/** Slices of AWS that only exist for what other slices name: a gap in the one is the gap of the others. */
const followers: Partial<Record<Gap['slice'], SliceName[]>> = {
  loadBalancers: ['listeners'],
  targetGroups: ['loadBalancers', 'listeners', 'targetHealth'],
};

/**
 * True where the gaps say that the slice is incomplete. Without its cluster nothing of Kubernetes can be read, and without
 * clusters and target groups no VPC is known.
 */
function isSaid({ slice, ofKubernetes }: Lost, gaps: Gap[]): boolean {
  const missed = new Set(gaps.map((gap) => gap.slice));
  return (
    missed.has(slice) ||
    (missed.has('clusters') && (ofKubernetes || missed.has('targetGroups'))) ||
    [...missed].some((source) => followers[source]?.includes(slice))
  );
}

/** Those of the world; that nothing is probed is the matrix's own wish. */
export const gapsOf = ({ report }: Seen): Gap[] =>
  report.coverage.gaps.filter(({ reason }) => reason !== 'not-requested');

function losses({ call, fault }: Case, truth: Truth, seen: Seen): string[] {
  const gaps = gapsOf(seen);
  const lost = [...truth.facts.flatMap((whole) => missing(whole, seen.facts)), ...lostOfFindings(call, truth, seen)];
  const unsaid = lost.filter((each) => !isSaid(each, gaps));
  const foreign = seen.facts.flatMap((part) => invented(part, [...truth.facts, ...truth.all]));
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
          .filter(({ action, remedy }) => action === call.id && !/sign in|clock/.test(remedy))
          .map((gap) => `remedy for something else: ${gap.remedy}`)
      : []),
  ];
}

interface Lost {
  cluster: string;
  slice: SliceName;
  ofKubernetes: boolean;
}

/** Without the moment at which each audit read the listeners. */
const undated = (facts: Facts): Facts => ({
  ...facts,
  slices: {
    ...facts.slices,
    loadBalancers: facts.slices.loadBalancers.map(({ listenersAt: _, ...balancer }) => balancer),
  },
});

/** The past is another one a moment later; it and what EKS runs are read of what findings are about, which are others where something is missing. */
const slicesOf = ({
  slices: { metrics: _, changes: __, flowLogs: ___, addOns: ____, capabilities: _____, ...slices },
}: Facts) => Object.entries(slices) as [SliceName, unknown[]][];

const ofFindings = {
  'eks:DescribeAddon': 'addOns',
  'eks:ListCapabilities': 'capabilities',
  'cloudwatch:GetMetricData': 'metrics',
  'cloudtrail:LookupEvents': 'changes',
  'ec2:DescribeFlowLogs': 'flowLogs',
  'logs:FilterLogEvents': 'flowLogs',
  's3:ListBucket': 'flowLogs',
  's3:GetObject flow-log': 'flowLogs',
} as const;

/** What is read of findings and is gone because the call for it failed. */
function lostOfFindings({ id }: Case['call'], truth: Truth, seen: Seen): Lost[] {
  const slice = id in ofFindings ? ofFindings[id as keyof typeof ofFindings] : undefined;
  if (slice === undefined) return [];
  const isRead = ({ slices }: Facts): boolean => slices[slice].length > 0;
  return truth.facts.some(isRead) && !seen.facts.some(isRead)
    ? [{ cluster: 'no cluster', slice, ofKubernetes: false }]
    : [];
}

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
  'endpointServices',
  'foreignBindings',
]);

/** What is AWS's may be in other Facts of the VPC, where it is not known which cluster it belongs to. */
function missing(whole: Facts, all: Facts[]): Lost[] {
  const cluster = whole.cluster?.name ?? 'no cluster';
  const inVpc = all.filter(({ vpcId }) => vpcId === whole.vpcId);
  const inCluster = inVpc.filter((part) => part.cluster?.name === whole.cluster?.name);
  return slicesOf(whole)
    .filter(([slice, items]) => {
      const places = awsSlices.has(slice) ? inVpc : inCluster;
      const read = places.flatMap((part): unknown[] => part.slices[slice]);
      const exact = new Set(read.map((item) => JSON.stringify(item)));
      // What a target group is thought to be failing for is read in addition.
      return items.some((item) => !exact.has(JSON.stringify(item)) && !read.some((other) => isPartOf(item, other)));
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
function judgements({ report: whole }: Truth, { report }: Seen): string[] {
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
