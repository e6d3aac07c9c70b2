import { check } from '../../diagnosis/check.ts';
import { nodeBehind } from '../../kubernetes/node-behind.ts';
import { endpointsOf, isLocal, isReady, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import { usedFrom } from '../../kubernetes/topology.ts';
import type { Instance, Target } from '../../model/aws.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { EndpointSlice, Node, Pod, Service } from '../../model/kubernetes.ts';
import type { ProbeResult } from '../../model/probe-result.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { pathsTo } from '../../network/health-check-path.ts';
import { isShare, losesElsewhere, lossAt, lossBeside, lostItsSyn } from '../../probes/loss.ts';
import { checksOf, probesOf } from '../../probes/results.ts';
import { isSilent } from '../../probes/silent-targets.ts';

export const packetLossOnNode = check({
  id: 'packet-loss-on-node',
  kind: 'fault',
  stage: 'node',
  order: 4,
  severity: 'high',
  needsChange: false,
  title: 'A share of the packets to one node is lost',
  symptom:
    'Targets on one node fail now and then, on every port; retries succeed, and other nodes of the same image are healthy.',
  why: `A node whose connection table is full, or that is above an allowance of its instance type, drops some new connections and serves the
others. Health checks fail in a row often enough that its targets become unhealthy, while most requests by hand succeed.`,
  proof: `Ten connections from new source ports, each shorter than the repetition of an unanswered SYN: some get no answer and others do,
security groups and network ACLs admit all of them, and targets on other nodes are healthy or answered without loss. The loss is that of
the node: kube-proxy itself serves the port, or the same pods answer through other nodes, or another port or pod of the node loses packets too; ten connections to kube-proxy’s or the kubelet’s own port show that.`,
  nearMisses: [
    'A filter drops every packet: `host-firewall-or-kernel-setting`.',
    'The node monitoring agent reports the exceeded allowance: `conntrack-or-ena-allowance-exhausted`.',
    'Every node loses packets, or no other target answers: the network in between, or that of the prober.',
    'A single lost connection of ten proves nothing.',
    'A process whose accept queue is full loses connections to its own port only: `app-saturated`. A pod or its own node alone as witness is not enough.',
  ],
  decidedBy:
    'counters of the node: nf_conntrack_count beside nf_conntrack_max, and conntrack_allowance_exceeded, pps_allowance_exceeded, bw_in_allowance_exceeded of its interface',
  fix: [
    {
      text: 'Read the counters of the node, twice: one that rises shows the limit.',
      change: {
        debugNode:
          'cat /proc/sys/net/netfilter/nf_conntrack_count /proc/sys/net/netfilter/nf_conntrack_max; dnf install --quiet --assumeyes ethtool; ls /sys/class/net | xargs -n 1 ethtool -S | grep allowance_exceeded',
      },
    },
    {
      text: 'If the table of the kernel is full, find the pod that opens the connections, or raise nf_conntrack_max; if an allowance is exceeded, spread the load over more or larger instances.',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-network-performance-ena.html',
    'https://docs.aws.amazon.com/eks/latest/best-practices/networking.html',
  ],
  masks: ['host-firewall-or-kernel-setting', 'app-saturated', 'hc-thresholds-too-tight', 'hc-timeout-too-short'],
  needs: ['probes', 'nodes'],
  optional: [
    'services',
    'endpointSlices',
    'pods',
    'instances',
    'networkInterfaces',
    'securityGroups',
    'subnets',
    'prefixLists',
    'networkAcls',
    'routeTables',
  ],

  run(group, facts) {
    const { nodes, pods, networkInterfaces, securityGroups, subnets } = facts;
    const nodeNameOf = (target: Target) => nodeBehind(target, { nodes, pods })?.metadata.name;
    const isWell = (target: Target) =>
      target.state === 'healthy' ||
      isClean(checksOf(facts.probes, target), probesOf(facts.probes, target, 'connect-again'));
    return group.failing.flatMap((target): Evidence[] => {
      const loss = lossAt(target, facts.probes);
      const node = nodeNameOf(target);
      if (node === undefined || !isShare(loss)) return [];
      if (
        networkInterfaces &&
        securityGroups &&
        subnets &&
        pathsTo(target, group, { ...facts, networkInterfaces, securityGroups, subnets }).some(
          ({ decision }) => decision === 'deny',
        )
      )
        return [];
      const siblings = group.targets.filter((other) => isWell(other) && nodeNameOf(other) !== node);
      if (siblings.length === 0 || !isOfNode(target, siblings, group, facts)) return [];
      const answered = siblings.filter(({ state }) => state !== 'healthy').length;
      const beside = lossBeside(target, facts.probes);
      const ownPort =
        beside === undefined
          ? ''
          : `; port ${beside.request.port} of the node itself lost ${beside.lost} of ${beside.of}`;
      const image = imageBehind(target, facts);
      const alike = image === undefined ? [] : siblings.filter((each) => imageBehind(each, facts) === image);
      const acquittal =
        alike.length > 0
          ? `; ${alike.length} of them on nodes of the same image ${image}: the image is not the cause`
          : '';
      return [
        {
          target,
          saw: `${node}: ${loss.lost} of ${loss.of} connections from new source ports got no answer, the others did${ownPort}; ${siblings.length - answered} targets on other nodes are healthy${answered > 0 ? `, ${answered} answered without loss` : ''}${acquittal}`,
          expected: 'every connection answered',
          confidence: answered > 0 ? ('confirmed' as const) : ('probable' as const),
          values: { node },
        },
      ];
    });
  },
});

interface Around {
  nodes: Node[];
  probes: ProbeResult[];
  services?: Service[] | undefined;
  endpointSlices?: EndpointSlice[] | undefined;
  pods?: Pod[] | undefined;
}

/** False where the process behind the port may lose the connections as well, with its accept queue full. */
function isOfNode(target: Target, siblings: Target[], group: TargetGroupContext, facts: Around): boolean {
  const service = serviceOf(group, facts.services ?? []);
  const node = nodeBehind(target, facts);
  if (service !== undefined && target.healthCheckPort === service.spec.healthCheckNodePort) return true;
  const port = service && servicePortOf(group, service);
  if (
    service !== undefined &&
    node !== undefined &&
    port?.nodePort === target.healthCheckPort &&
    !isLocal(group, service)
  ) {
    const ready = endpointsOf(service, port, facts.endpointSlices ?? []).filter(isReady);
    const elsewhere = new Set(
      siblings.flatMap((sibling) => {
        const other = nodeBehind(sibling, facts);
        return other === undefined ? [] : usedFrom(other, ready);
      }),
    );
    const used = usedFrom(node, ready);
    if (used.length > 0 && used.every((endpoint) => elsewhere.has(endpoint))) return true;
  }
  return losesElsewhere(node, target, facts);
}

/** True where probes were sent and each of them met an answer to its first SYN. */
const isClean = (...probes: ProbeResult[][]): boolean => {
  const all = probes.flat();
  return all.length > 0 && !all.some((probe) => lostItsSyn(probe) || isSilent(probe.outcome));
};

/** The AMI of the node that a target is, or that runs its pod. */
function imageBehind(
  target: Target,
  { nodes, pods, instances = [] }: { nodes: Node[]; pods?: Pod[] | undefined; instances?: Instance[] | undefined },
): string | undefined {
  const id = nodeBehind(target, { nodes, pods })?.spec.providerID?.split('/').at(-1);
  return instances.find((instance) => instance.id === id)?.imageId;
}
