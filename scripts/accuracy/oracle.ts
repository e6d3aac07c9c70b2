import { isDeepStrictEqual } from 'node:util';
import type { Incident } from '../../lab/faults/incident.ts';
import type { Scenario } from '../../lab/scenario.ts';
import { healthy as sound } from '../../lab/scenarios/healthy.ts';
import { settle } from '../../lab/settle.ts';
import { clusterOf } from '../../lab/world/cluster.ts';
import { objectsOf } from '../../lab/world/object.ts';
import { targetGroupArnsOf } from '../../lab/world/target-groups-of.ts';
import type { World } from '../../lab/world/world.ts';
import { clientsOf } from './clients.ts';
import { stageOf, staleStage } from './stages.ts';
import { failing, isHarmed, isSound, type Standing, standingOf } from './standing.ts';
import { build, variantOf, type WorldPlan } from './world-plan.ts';

/** What is true of one Service of a world: the verdict, the primary cause, and every fault that acts on it. */
export interface Truth {
  cluster: string;
  namespace: string;
  service: string;
  /** `never-made` = it has no load balancer and never had one: a report may say so, and need not. */
  verdict: 'unhealthy' | 'unserved' | 'expected' | 'healthy' | 'latent' | 'never-made';
  cause: string | null;
  /**
   * The ids under which the primary cause may rightly be named; of healthy targets whose clients get nowhere, what an alarm may
   * name, while silence is a matter of who is served.
   */
  names: string[];
  acting: string[];
}

/**
 * The truth about every Service, from the faults that were put in. A fault put into one Service acts
 * on another where the lab's physics shows harm; of several that act, the earliest in the decision procedure is the cause.
 */
export function truthOf(plan: WorldPlan): Truth[] {
  worlds.clear();
  return incidentsOf(plan).map((incident) => {
    const { cluster, namespace, service } = incident;
    if (isNeverMade(incident, plan)) {
      const names = plan.incidents.flatMap(calledOnOthers);
      return { cluster, namespace, service, verdict: 'never-made', cause: null, names, acting: names };
    }
    // A way that is closed and not needed now makes no target unhealthy.
    const now = standing(plan.incidents.includes(incident) ? plan.incidents : [...plan.incidents, incident], incident);
    const isWell = isSound(now) && now.targets > 0 && now.missing === 0;
    const others = plan.incidents.filter((other) => other !== incident && !isWell);
    const reaching = others.filter((other) => reaches(other, incident, plan));
    // A sound Service in its place may have another health check, so that what harms that one need not be what harms this.
    const perhaps = others.filter((other) => !reaching.includes(other) && reachesTwin(other, incident, plan));
    const own = outcomeOf(incident, plan);
    const meant = incident.scenario.expect.cause;
    // What no controller has noticed comes right at its next look at the Service, if it does not give up on it.
    const isStuck = reaching.some(({ scenario }) => scenario.unnoticed) && isGivenUp(incident, plan.incidents);
    const acts = own.verdict === 'unhealthy' || own.verdict === 'unserved' || isStuck;
    const faults = [...(acts && meant !== null ? [meant] : []), ...reaching.flatMap(calledOnOthers)];
    const possible = perhaps.flatMap(calledOnOthers);
    const waits = waitsForController(incident, plan.incidents);
    const order = (id: string): number => (waits && unattended.has(id) ? 0 : rank(id));
    const ranked = faults.toSorted((a, b) => order(a) - order(b));
    const place = { cluster, namespace, service };
    const [cause] = ranked;
    // Whatever else is true of its targets: of those that are healthy clients get nowhere.
    const isOpen = now.healthy > 0 || (own.verdict === 'healthy' && meant !== null);
    const isCutOff = isOpen && !isServed(incident, plan.incidents);
    const ownCut = isCutOff && meant !== null && !ranked.includes(meant) ? [meant] : [];
    if (cause === undefined && possible.length > 0) {
      return { ...place, verdict: 'unhealthy', cause: possible[0] ?? null, names: possible, acting: possible };
    }
    if (cause === undefined) {
      const names = isCutOff ? [...(meant === null ? [] : [meant]), ...cutOff] : [];
      return { ...place, verdict: own.verdict, cause: own.cause, names, acting: names };
    }
    // Two reasons why the one controller of the cluster does not run: either is the cause.
    const absent = unattended.has(cause) ? ranked.filter((id) => unattended.has(id)) : undefined;
    // What the procedure does not order: either is the cause.
    const tied = ranked.filter((id) => order(id) === order(cause));
    const names = absent ?? Object.values(onOthers).find((others) => others.includes(cause) && ranked.includes(cause));
    return {
      ...place,
      verdict: own.verdict === 'unserved' && cause === meant ? 'unserved' : 'unhealthy',
      cause,
      names: [
        ...(cause === meant ? (absent ?? [cause]) : (names ?? [cause])),
        ...tied,
        ...(answered.has(cause) ? ranked.filter(closes).slice(0, 1) : []),
        // Which of the two it meets first is a matter of when it looked.
        ...(cause === ambiguous ? ranked.filter((id) => lacksWrittenRule.has(id)) : []),
        ...possible,
        ...(isCutOff && isCutOffBefore(incident, plan) ? [...ownCut, ...cutOff] : []),
      ],
      acting: [...ranked, ...possible, ...(isCutOff ? [...ownCut, ...cutOff] : [])],
    };
  });
}

/** The incidents of a plan, and every other Service of their clusters as one to which nothing happened. */
function incidentsOf({ incidents }: WorldPlan): Incident[] {
  const world = worldOf(incidents);
  const placeOf = ({ cluster, namespace, service }: Omit<Incident, 'scenario'>) => [cluster, namespace, service].join();
  const taken = new Set(incidents.map(placeOf));
  const bystanders = [...new Set(incidents.map(({ cluster }) => cluster))].flatMap((cluster) =>
    objectsOf(clusterOf(world, cluster), 'Service')
      .map(({ metadata: { namespace, name } }) => ({ cluster, namespace, service: name }))
      .filter((place) => !taken.has(placeOf(place)))
      .map((place): Incident => ({ ...place, scenario: present })),
  );
  return [...incidents, ...bystanders];
}

/**
 * A Service that has neither an address nor a target group, and had none before its fault struck: it has no target to speak of. One that
 * has lost its target group still has clients.
 */
function isNeverMade(incident: Incident, { incidents }: WorldPlan): boolean {
  const { strike: _, ...calm } = incident.scenario;
  const earlier = incidents.map((each) => (each === incident ? { ...each, scenario: calm } : each));
  return [incidents, earlier].every((present) => !isPublished(incident, worldOf(present)));
}

/** True where clients have an address of the Service, or a load balancer a target group of it. */
function isPublished({ cluster, namespace, service }: Incident, world: World): boolean {
  const home = clusterOf(world, cluster);
  const hasAddress = objectsOf(home, 'Service').some(
    ({ metadata, status }) =>
      metadata.namespace === namespace && metadata.name === service && (status.loadBalancer?.ingress ?? []).length > 0,
  );
  return hasAddress || targetGroupArnsOf(world, home, { namespace, name: service }).length > 0;
}

const calledOnOthers = ({ scenario: { expect } }: Incident): string[] =>
  expect.cause === null ? [] : (onOthers[expect.cause] ?? [expect.cause]);

/** A sound Service that is there already. */
const present: Scenario = { ...sound, arrange: () => {} };

/**
 * What a broken thing is called on a Service other than the one that it was broken for: without source ranges of its own a
 * Service just lacks the rule (E13, Rule), a stuck kube-proxy under Local says itself that it is unwell (C05, C10), and what keeps clients
 * from one Service keeps the health check from another that sends it to the same port. Where every node runs a pod, nothing tells a plug-in that
 * loses connections to its own pods from one that loses those to others (B).
 */
const onOthers: Record<string, string[]> = {
  'source-ranges-exclude-lb-nodes': ['sg-target-missing-health-check-rule'],
  'traffic-port-silent': ['node-drops-local-pods'],
  'node-drops-remote-pods': ['node-drops-remote-pods', 'node-drops-local-pods'],
  'target-sg-blocks-traffic-port': ['sg-target-missing-health-check-rule'],
  'networkpolicy-blocks-clients': ['networkpolicy-blocks-health-check'],
  'nacl-blocks-clients': ['nacl-blocks-health-check'],
  'nodeport-rules-not-programmed': ['nodeport-rules-not-programmed', 'kube-proxy-reports-unhealthy'],
};

/** What keeps clients from healthy targets, whatever fault is behind it (catalogue, part C). */
const cutOff = [
  'target-sg-blocks-traffic-port',
  'networkpolicy-blocks-clients',
  'no-endpoint-behind-healthy-targets',
  'traffic-port-refused',
  'traffic-port-hangs-up',
  'traffic-port-silent',
  'sgp-strict-with-instance-local',
  'proxy-protocol-one-sided',
];

/**
 * Faults of an early stage that show in what the target answers alone (A: Rule, and A01: Traps, a latent fault where the settings in force work):
 * while the path is closed nothing tells of them.
 */
const answered = new Set(['automode-unsupported-annotation', 'hc-annotation-invalid']);

/** True for what keeps packets from the target, or its answer from coming back (S7). */
const closes = (id: string): boolean =>
  rank(id) >= rank('sg-cluster-tag-ambiguous') && rank(id) < rank('container-not-listening-on-target-port');

const rank = (id: string): number => stageOf.get(id) ?? Number.POSITIVE_INFINITY;

/** What the scenario says, unless the variant, or what else happened, keeps its fault from reaching any target. */
function outcomeOf(incident: Incident, { incidents }: WorldPlan): Pick<Truth, 'verdict' | 'cause'> {
  const { verdict, cause } = incident.scenario.expect;
  if (verdict === 'healthy') return { verdict, cause };
  if (verdict === 'unserved' && isServed(incident, incidents)) return { verdict: 'healthy', cause: null };
  if (verdict === 'unserved') return { verdict, cause };
  const sane = standing([soundTwin(incident)], incident);
  const isSpared = (present: Incident[]): boolean => {
    const own = standing(present, incident);
    return isSound(own) && own.draining === 0 && own.missing <= sane.missing && own.targets >= sane.targets;
  };
  const alone = incident.variant !== undefined && isSpared([incident]);
  const isUnchanged = verdict === 'unhealthy' && incident.variant !== undefined && isUntouched(incident);
  const together = verdict === 'unhealthy' && incidents.length > 1 && isSpared(incidents);
  if ((alone || together || isUnchanged) && !isSentElsewhere(incident, incidents))
    return { verdict: 'healthy', cause: null };
  return verdict === 'unhealthy' && isKeptAway(incident, incidents) ? beforeAnyFault : { verdict, cause };
}

/** What fails before anything has struck are nodes without a pod under the policy Local (C01). */
const beforeAnyFault = { verdict: 'expected', cause: 'etp-local-no-local-pod' } as const;

/**
 * True where what else happened keeps the fault from the Service, as where the controller that would have taken the targets away ended first: it
 * stands as it did by itself before its fault struck, with targets that are meant to fail, which its fault otherwise changes.
 */
function isKeptAway(incident: Incident, incidents: Incident[]): boolean {
  const { strike, ...calm } = incident.scenario;
  if (strike === undefined || isUntouched(incident)) return false;
  return isDeepStrictEqual(standing(incidents, incident), standing([{ ...incident, scenario: calm }], incident));
}

/** True where what struck the Service changed nothing about its targets: only the paths behind them may be closed. */
function isUntouched(incident: Incident): boolean {
  const { strike, ...calm } = incident.scenario;
  if (strike === undefined) return false;
  const [now, otherwise] = [standing([incident], incident), standing([{ ...incident, scenario: calm }], incident)];
  return (['targets', 'healthy', 'draining', 'missing'] as const).every((key) => now[key] === otherwise[key]);
}

/** True where the other faults keep clients from the Service before its own one strikes: then either is the cause. */
const isCutOffBefore = (incident: Incident, { incidents }: WorldPlan): boolean =>
  incident.scenario.expect.verdict === 'unserved' &&
  !isServed(
    incident,
    incidents.map((each) => (each === incident ? before(each) : each)),
  );

/** True where all clients of every target group of the Service get through. */
function isServed({ cluster, namespace, service }: Incident, incidents: Incident[]): boolean {
  const world = worldOf(incidents);
  const clients = clientsOf(world);
  const arns = targetGroupArnsOf(world, clusterOf(world, cluster), { namespace, name: service });
  return arns.every((arn) => !['partly', 'unserved'].includes(clients.get(arn) ?? ''));
}

/** True where a listener of the Service sends clients to a target group of somebody else too, which serves not all of them. */
function isSentElsewhere({ cluster, namespace, service }: Incident, incidents: Incident[]): boolean {
  const world = worldOf(incidents);
  const clients = clientsOf(world);
  const own = targetGroupArnsOf(world, clusterOf(world, cluster), { namespace, name: service });
  const arnsOf = ({ forwards }: World['listeners'][number]): string[] =>
    forwards.flatMap(({ targetGroupArn, weight = 1 }) => (weight > 0 ? targetGroupArn : []));
  return world.listeners
    .map((listener) => arnsOf(listener))
    .filter((arns) => arns.some((arn) => own.includes(arn)))
    .flat()
    .some((arn) => !own.includes(arn) && ['partly', 'unserved'].includes(clients.get(arn) ?? ''));
}

/** True where the controller gives up on the Service, so that its next look leaves things as they are. */
function isGivenUp({ cluster, namespace, service }: Incident, incidents: Incident[]): boolean {
  const settled = settle(worldOf(incidents));
  const home = clusterOf(settled, cluster);
  if (isSound(standingOf(settled, home, { namespace, name: service }))) return false;
  return objectsOf(home, 'Event').some(
    ({ reason, involvedObject }) =>
      ['FailedBuildModel', 'FailedDeployModel', 'SyncLoadBalancerFailed'].includes(reason) &&
      involvedObject.namespace === namespace &&
      involvedObject.name === service,
  );
}

/**
 * True when the fault of `source` does harm to the Service of `sufferer`: beside that Service before its own fault, or in the
 * whole world, each as against the same world in which `source` has not struck; or when it keeps the next look of the
 * controllers from fixing what they have not noticed. An expected state hides no harm, and accounts for its targets whatever
 * else is true of them (4.5): there only further targets count that fail. Without a controller (S0) nothing comes of fixing
 * what only a controller fixes.
 */
function reaches(source: Incident, sufferer: Incident, { incidents }: WorldPlan): boolean {
  if (!['unhealthy', 'unserved'].includes(source.scenario.expect.verdict)) return false;
  const all = incidents.includes(sufferer) ? incidents : [...incidents, sufferer];
  if (isOfOwner(source) && waitsForController(sufferer, all)) return true;
  if (source.scenario.expect.cause === ambiguous && lacksWrittenRule.has(sufferer.scenario.expect.cause ?? ''))
    return true;
  const calm = before(sufferer);
  const earlier = all.flatMap((each) => (each === sufferer ? [calm] : each === source ? [each] : []));
  const isExpected = sufferer.scenario.expect.verdict === 'expected';
  const spare = (present: Incident[]) => present.map((each) => (each === source ? before(source) : each));
  // What came with the source keeps a controller busy too, before anything strikes.
  const without = all.map((each) => (each === source ? soundTwin(source) : each));
  const isHeldUp = (): boolean => isHarmed(standingWhenSettled(all, sufferer), standingWhenSettled(without, sufferer));
  if (sufferer.scenario.unnoticed && isHeldUp()) return true;
  const isOwnPath = !isExpected && calm.scenario.id === sufferer.scenario.id;
  return [...(isOwnPath ? [earlier] : []), all].some((present) => {
    const [now, otherwise] = [standing(present, sufferer), standing(spare(present), sufferer)];
    const hasLostThem = now.arriving < otherwise.arriving;
    return isExpected ? hasLostThem || failing(now) > failing(otherwise) : isHarmed(now, otherwise);
  });
}

/** True where the source does harm to a sound Service in the place of one whose fault was there from the start and hides it. */
function reachesTwin(source: Incident, sufferer: Incident, { incidents }: WorldPlan): boolean {
  const twin = before(sufferer);
  if (twin.scenario.id === sufferer.scenario.id || sufferer.scenario.expect.verdict === 'expected') return false;
  if (!['unhealthy', 'unserved'].includes(source.scenario.expect.verdict)) return false;
  const all = incidents.includes(sufferer) ? incidents : [...incidents, sufferer];
  const earlier = all.flatMap((each) => (each === sufferer ? [twin] : each === source ? [each] : []));
  const spared = earlier.map((each) => (each === source ? before(source) : each));
  return isHarmed(standing(earlier, sufferer), standing(spared, sufferer));
}

/** No controller can write a rule for the nodes, by the state of their interfaces alone (E03: Rule). */
const ambiguous = 'sg-cluster-tag-ambiguous';

/** What shows in a rule that a controller is to write on the security group of the nodes, and that is not there. */
const lacksWrittenRule = new Set([
  'sg-target-missing-health-check-rule',
  'sg-rule-removed-by-other-manager',
  'sg-rules-quota-exceeded',
  'source-ranges-exclude-lb-nodes',
]);

/** Nobody looks after Services: S0, and G08 for those that wait for a look. */
const unattended = new Set([
  'no-controller-owns-service',
  'controller-not-running-or-stuck',
  'controller-cannot-start',
  'controller-crds-outdated',
]);
const isOfOwner = ({ scenario }: Incident): boolean => unattended.has(scenario.expect.cause ?? '');

/**
 * True for a Service of the AWS Load Balancer Controller where that controller is gone, and its next look would be needed: to
 * register the first target, to bring what AWS has in line with the Service, to see what it has not noticed, to fail at a call, or to say that
 * it gives up.
 */
function waitsForController(incident: Incident, incidents: Incident[]): boolean {
  const { expect, unnoticed = false } = incident.scenario;
  const stage = rank(expect.cause ?? '');
  if (clusterOf(worldOf(incidents), incident.cluster).controllerRunning) return false;
  // Of a call of the controller that fails nothing comes where it makes none.
  const isCall = (clusterOf(worldOf([incident]), incident.cluster).controllerFailures ?? []).length > 0;
  const needsController =
    unnoticed ||
    isCall ||
    stage === staleStage ||
    (stage < staleStage && standing(incidents, incident).targets === 0) ||
    isGivenUp(incident, [incident]);
  return needsController && variantOf(worldOf([incident]), incident).controller === 'lbc';
}

/** The incident as it was before its fault struck; where the fault was there from the start, a sound Service instead. */
function before(incident: Incident): Incident {
  if (incident.scenario.id === sound.id) return incident;
  const { strike, ...calm } = incident.scenario;
  return strike === undefined || !isSoundAtFirst(calm, incident)
    ? soundTwin(incident)
    : { ...incident, scenario: calm };
}

/** A sound Service in the place of this one, with the same kind of targets, controller and traffic policy. */
const soundTwin = (incident: Incident): Incident => ({
  ...incident,
  scenario: sound,
  variant: variantOf(worldOf([incident]), incident),
});

function isSoundAtFirst(calm: Scenario, incident: Incident): boolean {
  const first = standing([{ ...incident, scenario: calm }], incident);
  return first.targets > 0 && isSound(first);
}

const standing = (incidents: Incident[], { cluster, namespace, service }: Incident): Standing => {
  const world = worldOf(incidents);
  return standingOf(world, clusterOf(world, cluster), { namespace, name: service });
};

/** The same once the controllers have looked again. */
const standingWhenSettled = (incidents: Incident[], { cluster, namespace, service }: Incident): Standing => {
  const world = settle(worldOf(incidents));
  return standingOf(world, clusterOf(world, cluster), { namespace, name: service });
};

const worlds = new Map<string, World>();

/** The settled world of these incidents, made once; read only. */
function worldOf(incidents: Incident[]): World {
  const key = JSON.stringify(
    incidents.map(({ scenario: { id, strike }, cluster, namespace, service, variant }) => [
      ...[id, strike !== undefined, cluster, namespace, service],
      variant,
    ]),
  );
  const world = worlds.get(key) ?? build({ name: '', incidents }, {});
  worlds.set(key, world);
  return world;
}
