import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { check } from '../../diagnosis/check.ts';
import { podsOfOneTemplate } from '../../kubernetes/one-template.ts';
import { isPodReady, isServing } from '../../kubernetes/pod.ts';
import { isOpenToEveryone } from '../../kubernetes/policies/open-to-everyone.ts';
import {
  endpointsOf,
  isLocal,
  isReady,
  nodeOf,
  podsOf,
  serviceOf,
  servicePortOf,
  targetPortIn,
} from '../../kubernetes/service.ts';
import { pluginOf } from '../../kubernetes/service-proxy.ts';
import { cniSetting } from '../../kubernetes/vpc-cni.ts';
import type { Instance, Target } from '../../model/aws.ts';
import { withId } from '../../model/indexed.ts';
import type { ConfigMap, EndpointSlice, Pod, Workload } from '../../model/kubernetes.ts';
import type { Slices } from '../../model/slices.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { probesArrive } from '../../network/health-check-path.ts';
import { podsAway } from '../../network/pod-interface.ts';
import { clientProbeOf } from '../../probes/client-answer.ts';
import { isCheckedElsewhere, undecidedByClients } from '../../probes/client-bytes.ts';
import { formatOutcome, formatRequest } from '../../probes/results.ts';
import { isSilent } from '../../probes/silent-targets.ts';

export const trafficPortSilent = check({
  id: 'traffic-port-silent',
  kind: 'clients',
  stage: 'answer',
  severity: 'critical',
  title: 'A healthy target gives no answer on the port of clients, although every rule admits them',
  symptom: 'The target is healthy, and connections through the load balancer time out.',
  why: `Under externalTrafficPolicy Local kube-proxy answers the health check on a separate port. What happens to a connection on its path from
the NodePort to the pod is not seen: a network plugin instead of kube-proxy or chained behind another, a firewall of the host, or a
setting of the kernel may drop it.`,
  proof: `A listener forwards to the target group, its targets are checked at another port than the registered one, and a connection to the registered
port of a healthy target gets no answer, although security groups, network ACLs and routes that were read admit it. Under the policy Local
a ready pod runs on the node. It is confirmed where no network policy could have dropped it. One target is asked. It speaks for all where
one other plug-in than the VPC CNI and kube-proxy forwards on every node, the nodes run one image, and all ready pods come from one
template: then nothing that was read tells the targets apart. It speaks for those, too, whose pods are at secondary interfaces as its own are,
where the VPC CNI does without its support for NodePorts.`,
  nearMisses: [
    'A probe that a security group or a route keeps from arriving says nothing.',
    'A node without a ready pod drops clients under Local: `no-endpoint-behind-healthy-targets` and `hc-tcp-override-under-local`.',
    'A refused connection is `traffic-port-refused`.',
    'A network policy may admit clients and not the auditor: at risk. One that admits no client is `networkpolicy-blocks-clients`.',
    'A firewall of one host, without such a plug-in: only the target that was asked is named.',
  ],
  decidedBy:
    'a capture on the node while a client connects: whether the packet arrives, and whether it leaves for the pod',
  fix: [
    {
      text: 'See which network plugin forwards NodePorts on this node, and its state.',
      look: { kubectl: 'get daemonsets --output wide', in: 'kube-system' },
    },
    {
      text: 'Watch the packets on the node while a client connects: what arrives and is not sent on to a pod is dropped by the host or its plugin.',
      change: {
        debugNode:
          'dnf install --quiet --assumeyes tcpdump; tcpdump -c 20 -n -i any tcp port {port} or tcp port {podPort}',
      },
      when: 'podPort',
    },
    {
      text: 'Until then, ip targets lead past the NodePort: set service.beta.kubernetes.io/aws-load-balancer-nlb-target-type to ip (AWS Load Balancer Controller).',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
    'https://kubernetes.io/docs/tutorials/services/source-ip/',
  ],
  masks: [],
  needs: ['listeners', 'probes', 'services', 'pods', 'nodes', 'networkInterfaces', 'securityGroups', 'subnets'],
  optional: [
    'networkAcls',
    'routeTables',
    'prefixLists',
    'networkPolicies',
    'enginePolicies',
    'nodeClasses',
    'workloads',
    'configMaps',
    'instances',
    'endpointSlices',
  ],
  applies: ({ targetGroup }) => ['TCP', 'TLS'].includes(targetGroup.protocol) && targetGroup.targetType !== 'alb',

  run(group, facts) {
    if (!isCheckedElsewhere(group) || listenersInUse(group).length === 0) return undefined;
    const probe = clientProbeOf(group, facts.probes);
    const target = group.targets.find(({ id, port }) => id === probe?.targetId && port === probe.targetPort);
    if (probe === undefined || target?.state !== 'healthy' || !isSilent(probe.outcome)) return [];
    if (!probesArrive(target, group, facts, target.port)) return [];
    const pods = podsBehind(target, group, facts);
    if (pods?.length === 0) return [];
    const podPort = podPortOf(group, facts);
    const bits = probe.request.address.includes(':') ? 128 : 32;
    const isFree = podPort !== undefined && pods?.every((pod) => isOpenToEveryone(pod, podPort, bits, facts)) === true;
    const straying = strayingBehind(group, facts);
    const isStray = straying.includes(target);
    const shared = isStray ? strayReason : whyAllAlike(group, facts);
    const alike = group.targets.filter((each) =>
      isStray ? straying.includes(each) : isLike(each, target, group, facts),
    );
    const concerned = shared === undefined ? [target] : alike;
    const saw = `${formatRequest(probe)}: ${formatOutcome(probe.outcome)}, and every rule admits it; the health check asks port ${target.healthCheckPort}`;
    return concerned.map((each) => {
      const node = nodeOf(each, facts.nodes)?.metadata.name;
      return {
        target: each,
        saw: concerned.length === 1 ? saw : `${saw}; ${shared}`,
        expected: 'an answer on the port that clients get to',
        confidence: isFree ? ('confirmed' as const) : ('probable' as const),
        values: {
          port: each.port,
          ...(node !== undefined && { node }),
          ...(podPort !== undefined && { podPort }),
        },
      };
    });
  },

  undecided(group, facts) {
    if (!isCheckedElsewhere(group) || listenersInUse(group).length === 0) return [];
    const probe = clientProbeOf(group, facts.probes);
    if (probe !== undefined && !isSilent(probe.outcome)) return [];
    const why =
      probe === undefined ? 'no healthy target was asked' : `${formatRequest(probe)}: ${formatOutcome(probe.outcome)}`;
    return [undecidedByClients(group, `whether the traffic port answers: ${why}`)];
  },
});

/** The port of the pods to which kube-proxy sends what arrives at the NodePort. */
function podPortOf(
  group: TargetGroupContext,
  { services, pods }: Pick<Slices, 'services' | 'pods'>,
): number | undefined {
  const service = serviceOf(group, services);
  const port = service && servicePortOf(group, service);
  const [pod] = service === undefined ? [] : podsOf(service, pods);
  return port && pod && targetPortIn(pod, port);
}

type Seen = Pick<Slices, 'services' | 'pods' | 'nodes'>;

/**
 * The ready pods in which a connection to the target ends: under the policy Local those on its node, where none means that it is to be
 * silent. Undefined without a Service.
 */
function podsBehind(target: Target, group: TargetGroupContext, { services, pods, nodes }: Seen): Pod[] | undefined {
  const service = serviceOf(group, services);
  if (service === undefined) return undefined;
  const ready = podsOf(service, pods).filter((pod) => isServing(pod) && isPodReady(pod));
  if (group.targetGroup.targetType === 'ip') return ready.filter(({ status }) => status.podIPs.includes(target.id));
  if (!isLocal(group, service)) return ready;
  const node = nodeOf(target, nodes)?.metadata.name;
  return ready.filter(({ spec }) => node !== undefined && spec.nodeName === node);
}

interface Plugins extends Pick<Slices, 'services' | 'pods'> {
  workloads: Workload[] | undefined;
  configMaps: ConfigMap[] | undefined;
}

/** Why one node's silence is that of all: one plug-in forwards on every node to pods of one template. Undefined where nodes may differ. */
function whyAllAlike(
  group: TargetGroupContext,
  { services, pods, workloads, configMaps }: Plugins,
): string | undefined {
  const service = serviceOf(group, services);
  const plugin = workloads && pluginOf(workloads, configMaps ?? []);
  const count = service && podsOfOneTemplate(service, pods, group.takenAt);
  if (plugin === undefined || count === undefined || group.targetGroup.targetType !== 'instance') return undefined;
  return `${plugin} forwards on every node, the nodes run one image, and all ${count} ready pods come from one template`;
}

const strayReason =
  'AWS_VPC_CNI_NODE_PORT_SUPPORT is false, and the pods on each of these nodes belong to a secondary interface, by which their answers leave';

/** Healthy targets under Local whose pods all are at secondary interfaces, where the CNI does without its support for NodePorts. */
function strayingBehind(
  group: TargetGroupContext,
  {
    services,
    nodes,
    networkInterfaces,
    workloads = [],
    endpointSlices = [],
  }: Pick<Slices, 'services' | 'nodes' | 'networkInterfaces'> & {
    workloads: Workload[] | undefined;
    endpointSlices: EndpointSlice[] | undefined;
  },
): Target[] {
  const service = serviceOf(group, services);
  if (service === undefined || !isLocal(group, service)) return [];
  if (cniSetting(workloads, 'AWS_VPC_CNI_NODE_PORT_SUPPORT') !== 'false') return [];
  const ready = endpointsOf(service, servicePortOf(group, service), endpointSlices).filter(isReady);
  return group.targets.filter(
    (each) => each.state === 'healthy' && podsAway(each, group, { ready, nodes, networkInterfaces }).isAway,
  );
}

/** True for a healthy target on a node of the same image, with a ready pod to forward to. */
function isLike(
  other: Target,
  asked: Target,
  group: TargetGroupContext,
  facts: Seen & { instances: Instance[] | undefined },
): boolean {
  if (other === asked) return true;
  const imageOf = ({ id }: Target) => withId(facts.instances ?? [], id)?.imageId;
  const image = imageOf(asked);
  const isAlike =
    other.state === 'healthy' && other.port === asked.port && image !== undefined && imageOf(other) === image;
  return isAlike && podsBehind(other, group, facts)?.length !== 0;
}
