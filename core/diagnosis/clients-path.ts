import { listenersInUse } from '../controllers/listeners/client-path.ts';
import { policyEngineOf } from '../kubernetes/network-policies.ts';
import type { CheckResult } from '../model/check-result.ts';
import type { Facts } from '../model/facts.ts';
import { conceals } from '../model/gap.ts';
import { gapsAround } from '../model/gaps-around.ts';
import type { ClientStep } from '../model/served-state.ts';
import type { SliceName } from '../model/slices.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { preservesClients } from '../network/clients/client-address.ts';
import { wireProtocolsOf } from '../network/clients/wire-protocol.ts';
import { clientAnswer, clientProbeOf } from '../probes/client-answer.ts';
import { failoverOf } from './zones.ts';

/**
 * What of the path of clients to a target group with a healthy target was evaluated, and what was not: from the findings of the checks
 * that speak of clients, so that path and diagnoses never disagree. Undefined where no target is healthy or no listener forwards.
 */
export function clientsPathOf(
  group: TargetGroupContext,
  facts: Facts,
  findings: readonly CheckResult[],
): ClientStep[] | undefined {
  const inUse = listenersInUse(group);
  if (inUse.length === 0 || !group.targets.some(({ state }) => state === 'healthy')) return undefined;
  const by = (step: ClientStep['step'], check: string, allowed: string): ClientStep => ({
    step,
    ...answerOf(
      findings.find((finding) => finding.check === check),
      allowed,
    ),
  });
  const { loadBalancer } = group;
  const hasRules = loadBalancer !== undefined && loadBalancer.securityGroups.length > 0;
  const isOutside = loadBalancer?.scheme === 'internet-facing';
  return [
    { step: 'listener', decision: 'allow', by: inUse.map(({ protocol, port }) => `${protocol} ${port}`).join(', ') },
    ...(isOutside
      ? [by('internet route', 'internet-facing-without-igw', 'no zone lacks a route to the Internet')]
      : []),
    by('load balancer network ACLs', 'nacl-blocks-clients', 'each zone lets somebody in and answers out'),
    hasRules
      ? by('load balancer rules', 'nlb-sg-blocks-clients', 'a rule for every listener')
      : ruleless(loadBalancer !== undefined),
    zonesOf(group, facts),
    targetFilters(group, facts, by),
    policiesOf(group, facts, by),
    processOf(group, facts, findings),
  ];
}

type Answer = Pick<ClientStep, 'decision' | 'by'>;

function answerOf(finding: CheckResult | undefined, allowed: string): Answer {
  if (finding === undefined) return { decision: 'unknown', by: 'the check did not run' };
  switch (finding.outcome) {
    case 'found': {
      const isSure = finding.evidence.every(({ confidence }) => confidence === 'confirmed');
      return { decision: isSure ? 'deny' : 'unknown', by: finding.evidence[0]?.saw ?? '' };
    }
    case 'unknown':
      return { decision: 'unknown', by: finding.gaps[0]?.message ?? 'the check failed' };
    case 'ruled-out':
      return { decision: 'allow', by: allowed };
  }
}

const ruleless = (isRead: boolean): ClientStep => ({
  step: 'load balancer rules',
  ...(isRead
    ? { decision: 'allow', by: 'the load balancer has no security groups' }
    : { decision: 'unknown', by: 'the load balancer was not read' }),
});

/** True where a TCP health check passes on the port of clients, whose protocol is TCP too. */
const isProven = ({ targetGroup, targets }: TargetGroupContext): boolean =>
  wireProtocolsOf(targetGroup.protocol).join() === 'tcp' &&
  targets.every(({ state, port, healthCheckPort }) => state !== 'healthy' || port === healthCheckPort);

function zonesOf(group: TargetGroupContext, { slices }: Facts): ClientStep {
  const { lost, open } = failoverOf(group, slices.instances);
  const names = (zones: typeof lost): string => zones.map(({ name }) => name).join(', ');
  if (lost.length > 0) return { step: 'zones', decision: 'deny', by: `${names(lost)} out of DNS` };
  if (open.length > 0)
    return { step: 'zones', decision: 'deny', by: `${names(open)}: failing targets get clients too` };
  if (group.loadBalancer === undefined)
    return { step: 'zones', decision: 'unknown', by: 'the load balancer was not read' };
  return { step: 'zones', decision: 'allow', by: 'no zone is short of healthy targets' };
}

function targetFilters(
  group: TargetGroupContext,
  facts: Facts,
  by: (step: ClientStep['step'], check: string, allowed: string) => ClientStep,
): ClientStep {
  const found = by('target filters', 'target-sg-blocks-traffic-port', 'rules for the traffic port');
  if (found.decision !== 'allow' || !isProven(group)) {
    const isBlind = found.decision === 'allow' && isHidden(group, facts, 'networkAcls');
    return isBlind ? { ...found, decision: 'unknown', by: 'network ACLs were not read' } : found;
  }
  return { ...found, by: 'the health check passes on the traffic port' };
}

const isHidden = (group: TargetGroupContext, { gaps }: Facts, ...slices: SliceName[]): boolean =>
  gapsAround(group, gaps).some(
    (gap) => slices.some((name) => name === gap.slice) && conceals(gap, group.targetGroup.arn),
  );

function policiesOf(
  group: TargetGroupContext,
  facts: Facts,
  by: (step: ClientStep['step'], check: string, allowed: string) => ClientStep,
): ClientStep {
  const step = 'policies';
  const { networkPolicies, enginePolicies, workloads, configMaps } = facts.slices;
  if (isProven(group) && preservesClients(group.targetGroup) === false)
    return { step, decision: 'allow', by: 'the health check passes from the same addresses' };
  if (facts.cluster === null && group.owner === undefined)
    return { step, decision: 'unknown', by: 'the cluster of the targets is not known' };
  const found = by(step, 'networkpolicy-blocks-clients', 'they admit clients, or some of them');
  if (found.decision === 'deny') return found;
  if (
    !isHidden(group, facts, 'networkPolicies', 'enginePolicies') &&
    networkPolicies.length + enginePolicies.length === 0
  )
    return { step, decision: 'allow', by: 'there are none' };
  if (!isHidden(group, facts, 'workloads', 'configMaps') && policyEngineOf(workloads, configMaps) === undefined)
    return { step, decision: 'allow', by: 'nothing enforces them' };
  return found;
}

/** The checks that see clients arrive at the traffic port and get no further. */
const ofTheProcess = new Set([
  'no-endpoint-behind-healthy-targets',
  'sgp-strict-with-instance-local',
  'traffic-port-refused',
  'traffic-port-silent',
  'traffic-port-hangs-up',
  'tls-ended-twice',
  'proxy-protocol-one-sided',
]);

/** Nothing answers a datagram by itself: whether a process takes those of clients no probe and no health check tells. */
function processOf(group: TargetGroupContext, facts: Facts, findings: readonly CheckResult[]): ClientStep {
  const answered = processOfConnections(group, facts, findings);
  const isUntried = answered.decision === 'allow' && wireProtocolsOf(group.targetGroup.protocol).includes('udp');
  return isUntried ? { ...answered, by: `${answered.by}; no datagram was sent: UDP is not judged` } : answered;
}

function processOfConnections(group: TargetGroupContext, facts: Facts, findings: readonly CheckResult[]): ClientStep {
  const step = 'process';
  const answer = clientAnswer(group, facts.slices.probes);
  if (answer?.verdict === 'understood')
    return { step, decision: 'allow', by: 'a target understood the first bytes of a client' };
  const stopped = findings.find(({ check, outcome }) => outcome === 'found' && ofTheProcess.has(check));
  if (stopped !== undefined) return { step, ...answerOf(stopped, '') };
  if (answer?.verdict === 'rejected')
    return { step, decision: 'unknown', by: 'a target rejected the first bytes of a client' };
  if (clientProbeOf(group, facts.slices.probes)?.outcome.kind === 'open')
    return { step, decision: 'allow', by: 'a target took a connection on the traffic port' };
  if (isProven(group)) return { step, decision: 'allow', by: 'the health check is answered on the traffic port' };
  const checked = group.targets.find(({ state }) => state === 'healthy');
  const by = `nothing was sent to port ${checked?.port}: the health check asks TCP ${checked?.healthCheckPort}`;
  return { step, decision: 'unknown', by };
}
