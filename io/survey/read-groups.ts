import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import pLimit from 'p-limit';
import { readTags } from '../../core/controllers/tags.ts';
import type { Listener, LoadBalancer, Target, TargetGroup } from '../../core/model/aws.ts';
import type { Scope } from '../../core/model/inventory.ts';
import type { SliceName } from '../../core/model/slices.ts';
import { isAllHealthy } from '../../core/model/target-group-context.ts';
import { orderOfReading } from '../../core/survey/order-of-reading.ts';
import { isOfAnotherService } from '../../core/survey/service-scope.ts';
import { type KnownResource, type LastReading, wasHealthy } from '../../core/survey/survey-memory.ts';
import type { Ledger } from '../aws/ledger.ts';
import { type Answers, openAnswers } from './answers.ts';
import { readTargetHealth } from './target-health.ts';
import type { Turn } from './turn.ts';

/** Load balancers and target groups as they were listed. */
export interface Listed {
  loadBalancers: LoadBalancer[];
  targetGroups: TargetGroup[];
}

export interface ReadGroups extends Listed {
  listeners: Listener[];
  targetHealth: Target[];
  /** ARNs of target groups whose targets are all healthy, and for whose listeners the time did not last. */
  unfinished: string[];
  /** Target groups whose turn did not come; with their tags where those are known. */
  unread: TargetGroup[];
  /** The reading of every target group that was read now, by ARN. */
  readings: Map<string, LastReading>;
  known: Map<string, KnownResource>;
}

/** What of a scope decides about target groups. */
type GroupScope = Pick<Scope, 'clusters' | 'services' | 'targetGroups'>;

/** The action of the gaps where tags were not read. */
export const readsTags = 'elasticloadbalancing:DescribeTags';

/** As many as the client sends at once, so that none is begun long before its calls are sent. */
const atOnce = 4;

/**
 * Reads target groups in the order of their need while time lasts: tags, health, and where some target is not healthy the
 * attributes and listeners. Those of groups whose targets are all healthy decide whether clients get through to them; they
 * come last, so that they take the time of no group that may fail. Groups that tags give to another cluster or Service
 * than those in the scope are left out.
 */
export async function readGroups(
  elbv2: ElasticLoadBalancingV2Client,
  book: Ledger,
  { listed, scope, turn }: { listed: Listed; scope: GroupScope; turn: Turn },
): Promise<ReadGroups> {
  const groups = new Map(listed.targetGroups.map((group) => [group.arn, group]));
  const { readings: past } = turn.memory;
  const order = orderOfReading([...groups.keys()], { readings: past, urgent: turn.urgent });
  const wanted = scope.targetGroups && new Set(scope.targetGroups);
  const isWanted = ({ arn }: TargetGroup): boolean => wanted?.has(arn) ?? true;
  const inOrder = order.flatMap((arn) => groups.get(arn) ?? []).filter(isWanted);
  const balancerArns = new Set(listed.loadBalancers.map(({ arn }) => arn));
  const used = inOrder.flatMap(({ arn, loadBalancerArns }) => [
    arn,
    ...loadBalancerArns.filter((one) => balancerArns.has(one)),
  ]);
  const around =
    wanted === undefined ? listed.loadBalancers : listed.loadBalancers.filter(({ arn }) => used.includes(arn));
  const others = listed.targetGroups.filter((group) => !isWanted(group));
  const asked = [...used, ...around, ...others].map((each) => (typeof each === 'string' ? each : each.arn));
  const answers = openAnswers(elbv2, [...new Set(asked)], turn.memory.known);
  const reader = groupReader(elbv2, book, { answers, groups: new Set(groups.keys()), scope });
  const limit = pLimit(atOnce);
  const isOver = (): boolean => Date.now() >= turn.until;
  const balancersOf = ({ loadBalancerArns }: TargetGroup) => loadBalancerArns.filter((arn) => balancerArns.has(arn));

  const read = new Map<string, Outcome>();
  const tags = new Map<string, Record<string, string>>();
  await limit.map(inOrder, async (group) => {
    if (isOver()) return;
    const outcome = await reader(group, balancersOf(group), wasHealthy(past.get(group.arn)));
    read.set(group.arn, outcome);
  });
  await limit.map([...read.values()], async (outcome) => {
    if (outcome === 'foreign' || !outcome.isQuiet) return;
    if (isOver()) read.set(outcome.group.arn, { ...outcome, isUnfinished: true });
    else
      read.set(outcome.group.arn, {
        ...outcome,
        ...(await reader.aroundQuiet(outcome.group, balancersOf(outcome.group), turn.urgent.has(outcome.group.arn))),
      });
  });
  await limit.map(around, async ({ arn }) => {
    if (!isOver()) tags.set(arn, await reader.tags(arn));
  });
  return dealt(listed, { read, tags, answers });
}

/** Of one target group: left out as foreign, or what was read of it. */
type Outcome = 'foreign' | Details;

interface Details {
  group: TargetGroup;
  /** `undefined` where the health was refused. */
  targets: Target[] | undefined;
  balancers: Map<string, Surroundings>;
  /** True where every target is healthy. */
  isQuiet: boolean;
  /** True where the time did not last for the listeners. */
  isUnfinished?: boolean;
}

/** Of a load balancer; its attributes are absent where no failing group asked for them. */
interface Surroundings {
  attributes?: Record<string, string>;
  listeners: Listener[];
}

interface Reader {
  (group: TargetGroup, balancers: string[], isNewlyFailing: boolean): Promise<Outcome>;
  tags(arn: string): Promise<Record<string, string>>;
  /** What a group whose targets are all healthy needs beside its health: read now where an earlier run found something wrong there. */
  aroundQuiet(
    group: TargetGroup,
    balancers: string[],
    isSuspected: boolean,
  ): Promise<Pick<Details, 'group' | 'balancers'>>;
}

function groupReader(
  elbv2: ElasticLoadBalancingV2Client,
  book: Ledger,
  { answers, groups, scope }: { answers: Answers; groups: Set<string>; scope: Pick<Scope, 'clusters' | 'services'> },
): Reader {
  const of = <T>(
    operation: string,
    { slice, arn }: { slice: SliceName; arn: string },
    otherwise: T,
    run: () => Promise<T>,
  ) =>
    book.read(
      { action: `elasticloadbalancing:${operation}`, hides: [{ slice, scope: { kind: 'target-group', arn } }] },
      otherwise,
      run,
    );
  const tags = (arn: string): Promise<Record<string, string>> =>
    book.read(
      {
        action: readsTags,
        hides: [
          groups.has(arn)
            ? { slice: 'targetGroups', scope: { kind: 'target-group', arn } }
            : { slice: 'loadBalancers', scope: { kind: 'all' } },
        ],
      },
      {},
      () => answers.tags(arn),
    );
  const isForeign = async (group: TargetGroup, balancers: string[]): Promise<boolean> => {
    const { clusters, services } = scope;
    if (clusters === undefined && services === undefined) return false;
    const isTagged = readTags(group.tags) !== undefined || balancers[0] === undefined;
    const decisive = isTagged ? group.tags : await tags(balancers[0] ?? '');
    const owner = readTags(decisive);
    if (owner === undefined) return false;
    return (
      !(clusters?.includes(owner.cluster) ?? true) || (services !== undefined && isOfAnotherService(decisive, services))
    );
  };

  const attributesOf = ({ arn }: TargetGroup, isFresh: boolean) =>
    of('DescribeTargetGroupAttributes', { slice: 'targetGroups', arn }, {}, () =>
      answers.groupAttributes(arn, isFresh),
    );
  const listenersOf = ({ arn }: TargetGroup, balancer: string, isFresh: boolean) =>
    of<Listener[]>('DescribeListeners', { slice: 'listeners', arn }, [], async () => {
      const listeners = await answers.listeners(balancer, isFresh);
      // The group is new, and what an earlier run read of its load balancer is older.
      return isForwardedTo(arn, listeners) ? listeners : answers.listeners(balancer, true);
    });

  async function read(bare: TargetGroup, balancers: string[], wasFine: boolean): Promise<Outcome> {
    const { arn } = bare;
    const group = { ...bare, tags: await tags(arn) };
    if (await isForeign(group, balancers)) return 'foreign';
    const targets = await of<Target[] | undefined>(
      'DescribeTargetHealth',
      { slice: 'targetHealth', arn },
      undefined,
      () => readTargetHealth(elbv2, arn),
    );
    if (targets !== undefined && isAllHealthy(targets)) return { group, targets, balancers: new Map(), isQuiet: true };
    const [attributes, ...around] = await Promise.all([
      attributesOf(group, wasFine),
      ...balancers.map(async (balancer) => {
        const [own, listeners] = await Promise.all([
          of('DescribeLoadBalancerAttributes', { slice: 'loadBalancers', arn }, {}, () =>
            answers.balancerAttributes(balancer, wasFine),
          ),
          listenersOf(group, balancer, wasFine),
        ]);
        return [balancer, { attributes: own, listeners }] as const;
      }),
    ]);
    return { group: { ...group, attributes }, targets, balancers: new Map(around), isQuiet: false };
  }
  async function aroundQuiet(group: TargetGroup, balancers: string[], isSuspected: boolean) {
    const [attributes, ...around] = await Promise.all([
      attributesOf(group, isSuspected),
      ...balancers.map(async (one) => [one, { listeners: await listenersOf(group, one, isSuspected) }] as const),
    ]);
    return { group: { ...group, attributes }, balancers: new Map<string, Surroundings>(around) };
  }
  return Object.assign(read, { tags, aroundQuiet });
}

/** Everything in the order in which it was listed, whatever came first. */
function dealt(
  { targetGroups, loadBalancers }: Listed,
  { read, tags, answers }: { read: Map<string, Outcome>; tags: Map<string, Record<string, string>>; answers: Answers },
): ReadGroups {
  const at = new Date().toISOString();
  const known = answers.known();
  const details = targetGroups.flatMap(({ arn }) => {
    const outcome = read.get(arn);
    return outcome === undefined || outcome === 'foreign' ? [] : [outcome];
  });
  const around = new Map<string, Surroundings>();
  for (const [arn, each] of details.flatMap(({ balancers }) => [...balancers]))
    if (around.get(arn)?.attributes === undefined) around.set(arn, each);
  return {
    targetGroups: details.map(({ group }) => group),
    targetHealth: details.flatMap(({ targets }) => targets ?? []),
    loadBalancers: loadBalancers.map((balancer) => ({
      ...balancer,
      tags: tags.get(balancer.arn) ?? known.get(balancer.arn)?.tags?.value ?? {},
      attributes: around.get(balancer.arn)?.attributes ?? {},
      ...(around.has(balancer.arn) && datesOf(known.get(balancer.arn))),
    })),
    listeners: loadBalancers.flatMap(({ arn }) => around.get(arn)?.listeners ?? []),
    unfinished: details.filter(({ isUnfinished }) => isUnfinished === true).map(({ group }) => group.arn),
    unread: targetGroups
      .filter(({ arn }) => !read.has(arn))
      .map((group) => ({ ...group, tags: known.get(group.arn)?.tags?.value ?? {} })),
    readings: new Map(
      details.flatMap(({ group, targets }): [string, LastReading][] => {
        if (targets === undefined) return [];
        const healthy = targets.filter(({ state }) => state === 'healthy').length;
        return [[group.arn, { at, healthy, total: targets.length }]];
      }),
    ),
    known,
  };
}

const isForwardedTo = (arn: string, listeners: Listener[]): boolean =>
  listeners.some(({ forwards }) => forwards.some(({ targetGroupArn }) => targetGroupArn === arn));

const datesOf = ({ listeners }: KnownResource = {}): Pick<LoadBalancer, 'listenersAt'> =>
  listeners === undefined ? {} : { listenersAt: listeners.at };
