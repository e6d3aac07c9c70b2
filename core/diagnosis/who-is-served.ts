import { owedListener } from '../controllers/deleted/owed-listener.ts';
import { idleListeners, weightsOf } from '../controllers/listeners/weights.ts';
import { mayLackTargets } from '../controllers/missing-targets.ts';
import { bindingsOf } from '../controllers/reconcile-errors.ts';
import { readTags } from '../controllers/tags.ts';
import { isPodReady, isServing, secondsSince } from '../kubernetes/pod.ts';
import { endpointsOf, isReady, podsOf, serviceOf, servicePortOf } from '../kubernetes/service.ts';
import { type Diagnosis, isWrong } from '../model/diagnosis.ts';
import type { Facts } from '../model/facts.ts';
import { conceals, type Gap } from '../model/gap.ts';
import { gapsAround } from '../model/gaps-around.ts';
import type { ServedState } from '../model/served-state.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { wireProtocolsOf } from '../network/clients/wire-protocol.ts';
import { secondsToSettle } from './affected-targets.ts';
import { excusingStates, perZoneChecks, shuttingChecks, someClientsChecks } from './steady-states.ts';

type Judged = Pick<Diagnosis, 'verdict' | 'cause'> &
  Partial<Pick<Diagnosis, 'targets' | 'evidence' | 'clientsOf' | 'someClients' | 'confidence'>>;

/** Who is served by this target group, given what was found about it: the one answer that every output goes by. */
export function whoIsServed(group: TargetGroupContext, facts: Facts, diagnoses: readonly Judged[]): ServedState {
  if (!isRead(group, facts)) return 'unknown';
  const use = useOf(group, facts);
  if (use === 'idle') return 'idle';
  if (group.targets.some(({ state }) => state === 'healthy')) {
    if (areAllShut(group, diagnoses)) return 'unserved';
    if (diagnoses.some(isWrong)) return 'partly';
    return isHidden(group, facts.gaps, 'pods') && mayLackTargets(group, facts.slices) ? 'unknown' : 'served';
  }
  if (diagnoses.some(isWrong)) {
    if (use !== 'used') return 'unknown';
    // What stops some of the clients before any target leaves the others to those that wait for their first health checks.
    return diagnoses.filter(isWrong).some(({ verdict }) => verdict !== 'unserved') || areAllShut(group, diagnoses)
      ? 'unserved'
      : 'partly';
  }
  // How long the first target may take is known from the load balancer.
  if (use === 'unknown' || (group.loadBalancer === undefined && group.lost === undefined)) return 'unknown';
  return diagnoses.some(isExcuse) || isStarting(group, facts) ? 'excused' : 'unserved';
}

/** True where clients cannot get through to any of the healthy targets, by whatever protocol. */
const areAllShut = (group: TargetGroupContext, diagnoses: readonly Judged[]): boolean =>
  wireProtocolsOf(group.targetGroup.protocol).every((protocol) =>
    areShut(
      group,
      diagnoses.filter(({ clientsOf = '' }) => ['', protocol.toUpperCase()].includes(clientsOf)),
    ),
  );

/** True where each healthy target is among those that are shut; evidence without targets is about all of them. */
function areShut(group: TargetGroupContext, diagnoses: readonly Judged[]): boolean {
  const { targets } = group;
  const shutting = diagnoses.filter(
    (each) => each.verdict === 'unserved' && !isOfSome(each) && !isOfSomeZones(each, group),
  );
  // A risk by itself alarms nobody; beside what stops the clients of the other targets it makes that all of them.
  if (shutting.length === 0) return false;
  const risks = diagnoses.filter(isShutting);
  const shut = [...shutting, ...risks].map((each) => each.targets ?? []);
  if (shut.some((each) => each.length === 0)) return true;
  const keys = new Set(shut.flat().map(({ id, port }) => `${id} ${port}`));
  return targets.every(({ id, port, state }) => state !== 'healthy' || keys.has(`${id} ${port}`));
}

/** True for targets that are known to pass no client on, though that alone is told as a risk. */
const isShutting = ({ verdict, cause, confidence, targets = [] }: Judged): boolean =>
  verdict === 'latent' && confidence === 'confirmed' && targets.length > 0 && shuttingChecks.has(cause ?? '');

/** True where only some of the connections fail. */
const isOfSome = ({ cause, someClients }: Judged): boolean =>
  someClients === true || (cause !== null && someClientsChecks.has(cause));

/** True where only the clients of some zones are stopped. */
const isOfSomeZones = ({ cause, evidence = [] }: Judged, { loadBalancer }: TargetGroupContext): boolean =>
  cause !== null &&
  perZoneChecks.has(cause) &&
  evidence.filter(({ check }) => check === cause).length < (loadBalancer?.zones.length ?? 0);

/** True when the health of the group's targets could be read. */
export const isRead = (group: TargetGroupContext, { gaps }: Facts): boolean => !isHidden(group, gaps, 'targetHealth');

const isHidden = (group: TargetGroupContext, gaps: Gap[], ...slices: Gap['slice'][]): boolean =>
  gapsAround(group, gaps).some((gap) => slices.includes(gap.slice) && conceals(gap, group.targetGroup.arn));

/** An expected state that lasts, or in which targets leave, excuses nothing where no other target is healthy. */
const isExcuse = ({ verdict, cause }: Judged): boolean => verdict === 'expected' && excusingStates.has(cause ?? '');

/** Whether clients are sent to the target group, by a listener or by what its Service names; `unknown` where what tells could not be read. */
export function useOf(group: TargetGroupContext, { gaps, slices }: Facts): 'used' | 'idle' | 'unknown' {
  const { targetGroup, loadBalancer, lost } = group;
  if (lost !== undefined) return 'used';
  if (weightsOf(group).some((weight) => weight > 0) || idleListeners(group).length > 0) return 'used';
  if (owedListener(group, slices) !== undefined) return isHidden(group, gaps, 'listeners') ? 'unknown' : 'used';
  // A load balancer that was deleted leaves such a group behind, and its Service tells.
  const isMade = group.listeners.length === 0 && readTags(targetGroup.tags) !== undefined;
  if (isMade && isHidden(group, gaps, 'services', 'loadBalancers')) return 'unknown';
  if (targetGroup.loadBalancerArns.length === 0) return 'idle';
  return loadBalancer === undefined || isHidden(group, gaps, 'listeners') ? 'unknown' : 'idle';
}

/**
 * True while the first target may still be on its way: the load balancer, the Service, its binding, or every pod that could be a
 * target is younger than a registration takes. A container that was restarted is no new pod.
 */
export function isStarting(group: TargetGroupContext, { takenAt, gaps, slices }: Facts): boolean {
  const isNew = (time: string | undefined): boolean => secondsSince(time, takenAt) <= secondsToSettle(group);
  const service = serviceOf(group, slices.services);
  const bindings = bindingsOf(group, slices.targetGroupBindings);
  if ([group.loadBalancer?.createdAt, service?.metadata.creationTimestamp].some(isNew)) return true;
  if (bindings.length > 0 && bindings.every(({ metadata }) => isNew(metadata.creationTimestamp))) return true;
  if (service === undefined || isHidden(group, gaps, 'pods')) return false;
  // Those that leave are none that could be a target.
  const pods = podsOf(service, slices.pods).filter(isServing);
  return pods.length > 0 && pods.every(({ metadata }) => isNew(metadata.creationTimestamp));
}

/** How many endpoints of the Service are ready, to be shown beside the targets; undefined where that is not known. */
export function readyEndpoints(group: TargetGroupContext, { gaps, slices }: Facts): number | undefined {
  const service = serviceOf(group, slices.services);
  if (service === undefined || isHidden(group, gaps, 'endpointSlices', 'services')) return undefined;
  const endpoints = endpointsOf(service, servicePortOf(group, service), slices.endpointSlices).filter(isReady);
  if (endpoints.length > 0) return endpoints.length;
  return podsOf(service, slices.pods).filter(isPodReady).length;
}
