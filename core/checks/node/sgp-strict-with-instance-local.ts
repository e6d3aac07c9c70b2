import { check } from '../../diagnosis/check.ts';
import { isPodReady, isServing } from '../../kubernetes/pod.ts';
import { isLocal, nameOf, nodeOf, podsOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import { cniSetting, vpcCniOf } from '../../kubernetes/vpc-cni.ts';
import type { Target } from '../../model/aws.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { ProbeResult } from '../../model/probe-result.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { probesArrive } from '../../network/health-check-path.ts';
import { branchInterfaceOf } from '../../network/pod-interface.ts';
import { clientProbeOf } from '../../probes/client-answer.ts';
import { formatOutcome, formatRequest, podProbesTo, probeOf } from '../../probes/results.ts';
import { isSilent } from '../../probes/silent-targets.ts';

const expected = 'standard mode, or ip targets';

export const sgpStrictWithInstanceLocal = check({
  id: 'sgp-strict-with-instance-local',
  kind: 'fault',
  riskWhenHealthy: true,
  clientsWhenHealthy: true,
  stage: 'node',
  severity: 'high',
  title: 'Instance targets under externalTrafficPolicy Local cannot reach pods that have their own security groups',
  symptom:
    'NodePorts do not reach pods that have their own security groups; connections to the addresses of the pods succeed.',
  why: `In the strict mode of security groups for pods, all traffic of such a pod must pass its branch interface. A connection that kube-proxy
forwards to a local pod with the client's address preserved does not use it and is lost. The health check does not notice this as long
as kube-proxy answers it on the healthCheckNodePort.`,
  proof: `The pods have the annotation vpc.amazonaws.com/pod-eni, aws-node does not set POD_SECURITY_GROUP_ENFORCING_MODE to standard, targets are
instances and the policy is Local. It is confirmed when the NodePort gives no answer while the pod itself answers, or, behind healthy targets, although every filter admits the
probe to it: then no client gets through.`,
  nearMisses: [
    'Strict is the default: an absent variable means strict.',
    'Under Cluster, and with ip targets, such pods are served.',
    'Targets that fail on the healthCheckNodePort fail for another reason.',
  ],
  decidedBy: 'a connection to the NodePort of a node with such a pod, and one to the pod itself',
  fix: [
    {
      text: 'Switch to the standard mode (VPC CNI 1.11 and later) and restart the pods.',
      change: {
        env: { POD_SECURITY_GROUP_ENFORCING_MODE: 'standard' },
        container: 'aws-node',
        on: { object: 'daemonset/aws-node', in: 'kube-system' },
      },
      danger:
        'In standard mode the security groups of the node apply to traffic that leaves the VPC, and pods keep the old mode until they are restarted.',
    },
    { text: 'Or register the pods themselves: set nlb-target-type ip.' },
  ],
  links: ['https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html'],
  masks: [
    'host-firewall-or-kernel-setting',
    'cni-nodeport-support-disabled',
    'app-saturated',
    'hc-thresholds-too-tight',
    'traffic-port-silent',
  ],
  needs: ['services', 'pods', 'nodes', 'workloads'],
  optional: ['probes', 'networkInterfaces', 'securityGroups', 'subnets', 'networkAcls', 'routeTables', 'prefixLists'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, facts) {
    const { services, pods, nodes, workloads, probes } = facts;
    const service = serviceOf(group, services);
    if (service === undefined || !isLocal(group, service) || vpcCniOf(workloads) === undefined) return undefined;
    const mode = cniSetting(workloads, 'POD_SECURITY_GROUP_ENFORCING_MODE');
    if (mode === 'standard') return [];
    const branched = podsOf(service, pods).filter(
      (pod) => isServing(pod) && isPodReady(pod) && branchInterfaceOf(pod) !== undefined,
    );
    const setting = `POD_SECURITY_GROUP_ENFORCING_MODE is ${mode ?? 'not set, which means strict'}`;
    if (group.nonHealthy.length === 0) {
      const ready = podsOf(service, pods).filter((pod) => isServing(pod) && isPodReady(pod));
      const cutOff = group.targets.filter((target) => {
        const node = nodeOf(target, nodes)?.metadata.name;
        const own = ready.filter(({ spec }) => node !== undefined && spec.nodeName === node);
        return own.length > 0 && own.every((pod) => branched.includes(pod));
      });
      return ofHealthy(cutOff, { group, facts, setting, names: branched.map(nameOf).join(', ') });
    }
    const port = servicePortOf(group, service);
    return group.failing.flatMap((target): Evidence[] => {
      if (target.healthCheckPort !== port?.nodePort) return [];
      const node = nodeOf(target, nodes)?.metadata.name;
      const [pod] = branched.filter(({ spec }) => spec.nodeName === node);
      const atNode = probeOf(probes ?? [], target, 'health-check')?.outcome;
      if (pod === undefined || (atNode !== undefined && !isSilent(atNode))) return [];
      const atPod = podProbesTo(pod, probes ?? [])[0]?.outcome;
      if (atPod !== undefined && isSilent(atPod)) return [];
      const isProved = atNode !== undefined && atPod?.kind === 'open' && probesArrive(target, group, facts);
      return [
        {
          target,
          saw: `${nameOf(pod)} on ${node} has the branch interface ${branchInterfaceOf(pod)}; ${setting}${isProved ? '; the NodePort is silent, the pod answers' : ''}`,
          expected,
          confidence: isProved ? 'confirmed' : 'probable',
        },
      ];
    });
  },
});

interface Healthy {
  group: TargetGroupContext;
  facts: Parameters<typeof probesArrive>[2] & { probes: ProbeResult[] | undefined };
  setting: string;
  names: string;
}

/** What is true of one node by the mode of the CNI is true of all; one that answers disproves it: its pods may be older than the mode. */
function ofHealthy(targets: Target[], { group, facts, setting, names }: Healthy): Evidence[] {
  const asked = clientProbeOf(group, facts.probes ?? []);
  const target = targets.find(({ id, port }) => id === asked?.targetId && port === asked.targetPort);
  if (asked !== undefined && target !== undefined && !isSilent(asked.outcome)) return [];
  const isProved = asked !== undefined && target !== undefined && probesArrive(target, group, facts, target.port);
  const answer = isProved ? `; ${formatRequest(asked)}: ${formatOutcome(asked.outcome)}` : '';
  return targets.map((each) => ({
    target: each,
    saw: `${names} behind healthy instance targets under Local; ${setting}${answer}`,
    expected,
    confidence: isProved ? 'confirmed' : 'probable',
  }));
}
