import { healthzPort } from '../kubernetes/kube-proxy.ts';
import { nodeBehind } from '../kubernetes/node-behind.ts';
import { serviceOf } from '../kubernetes/service.ts';
import type { Facts } from '../model/facts.ts';
import type { PlannedProbe, ProbePurpose, ProbeRequest, ProbeResult } from '../model/probe-result.ts';
import { groupsOf, type TargetGroupContext } from '../model/target-group-context.ts';
import { isIpv6 } from '../network/address.ts';
import { endpointAt, probePath } from '../network/connection-path.ts';
import { interfaceAt } from '../network/interfaces.ts';
import { lostItsSyn, oneSyn } from './loss.ts';
import { answersWell, probeOf } from './results.ts';

/** Connections that tell loss from silence: with half of the SYNs lost, all of ten are lost once in a thousand times. */
const connections = 10;

/** Targets of a group that are tried so. */
const reconnectedTargets = 5;

/** The port of the kubelet, `port` of its configuration by default. */
const kubeletPort = 10250;

/**
 * Connections from new source ports to failing targets whose first SYN met no answer, or that answer well although Elastic Load
 * Balancing sees them fail, while another target of the group connected or is healthy: their share of answers tells lost
 * packets from a filter, which drops all. The same connections go to a port that the node serves by itself: its share tells a node
 * that loses packets from a process whose accept queue is full.
 */
export function planReconnects(facts: Facts): PlannedProbe[] {
  const { probes } = facts.slices;
  return groupsOf(facts).flatMap((group) => {
    const isAnswered = (probe: ProbeResult | undefined) => probe !== undefined && !lostItsSyn(probe);
    const works = group.targets.some(
      (target) => target.state === 'healthy' || isAnswered(probeOf(probes, target, 'health-check')),
    );
    if (!works) return [];
    return group.failing
      .filter(({ state }) => state !== 'initial')
      .flatMap((target) => probeOf(probes, target, 'health-check') ?? [])
      .filter((probe) => lostItsSyn(probe) || answersWell(probe, group.targetGroup))
      .slice(0, reconnectedTargets)
      .flatMap(({ targetGroupArn, targetId, targetPort, request: { address, port } }): PlannedProbe[] => {
        const connect = (purpose: ProbePurpose, door: Door): PlannedProbe => ({
          purpose,
          targetGroupArn,
          targetId,
          targetPort,
          request: { ...door, protocol: 'TCP', timeoutMs: oneSyn },
          attempts: connections,
        });
        const beside = nodeDoor({ targetId, address, port }, group, facts);
        return [connect('connect-again', { address, port }), ...(beside ? [connect('connect-node', beside)] : [])];
      });
  });
}

type Door = Pick<ProbeRequest, 'address' | 'port'>;

/**
 * A port of the node behind a target to which every rule admits probes; none where kube-proxy or the kubelet serves the target's
 * own port as well.
 */
function nodeDoor(
  own: Door & { targetId: string },
  group: TargetGroupContext,
  { slices, vantage }: Facts,
): Door | undefined {
  const ofNodes = [serviceOf(group, slices.services)?.spec.healthCheckNodePort, healthzPort, kubeletPort];
  const target = group.failing.find(({ id }) => id === own.targetId);
  const node = target && nodeBehind(target, slices);
  const addresses = (node?.status.addresses ?? []).filter(({ type }) => type === 'InternalIP');
  const address = addresses.find((each) => isIpv6(each.address) === isIpv6(own.address))?.address ?? '';
  if (address === '' || (address === own.address && ofNodes.includes(own.port))) return undefined;
  const there = interfaceAt(address, slices.networkInterfaces, group.targetGroup.vpcId);
  const port = [healthzPort, kubeletPort].find(
    (each) => there && probePath(endpointAt(address, there), each, vantage, slices).decision === 'allow',
  );
  return port === undefined ? undefined : { address, port };
}
