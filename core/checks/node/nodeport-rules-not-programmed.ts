import { check } from '../../diagnosis/check.ts';
import { driftAt, isKubeProxyUp } from '../../kubernetes/kube-proxy.ts';
import { endpointsOf, isReady, nodeOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import { formatOutcome, probeOf } from '../../probes/results.ts';

/** Seconds in which a new node gets its rules. */
const joining = 300;
/** Seconds by which kube-proxy's last sync may lie back. */
const stale = 120;

export const nodeportRulesNotProgrammed = check({
  id: 'nodeport-rules-not-programmed',
  kind: 'fault',
  stage: 'node',
  severity: 'critical',
  title: 'The node has no rule for the NodePort, although kube-proxy runs there',
  symptom: 'Some nodes refuse the NodePort while kube-proxy runs there and other nodes accept.',
  why: `Every node forwards a NodePort to ready endpoints on any node, by rules that its kube-proxy writes. When writing fails, existing
rules keep working and new Services get none: the kernel of that node refuses their NodePorts.`,
  proof: `The NodePort refuses connections on this node while the Service has ready endpoints and other nodes serve it, kube-proxy's pod is
ready, and its health server answers 503 or reports that its last sync was more than ${stale} seconds back.`,
  nearMisses: [
    'If every node refuses, no endpoint is ready, or the pods refuse.',
    'No answer, instead of a refusal, on some nodes points to the rules between nodes.',
    'A node that joined minutes ago has no rules yet.',
  ],
  decidedBy: "kube-proxy's answer on port 10256 of the node, and its log",
  fix: [
    {
      text: 'Read what kube-proxy reports on that node.',
      look: { kubectl: 'logs --selector k8s-app=kube-proxy --tail=50 --prefix', in: 'kube-system' },
    },
    {
      text: 'Restart kube-proxy on the node. If the problem stays, compare the modes: iptables-legacy and nftables on one host do not see each other’s rules.',
      change: {
        remove: { object: 'pods', in: 'kube-system', selector: 'k8s-app=kube-proxy', fields: 'spec.nodeName={node}' },
      },
      disturbs: 'Until the new kube-proxy runs, the rules of the node do not follow changes.',
      undo: 'Nothing to take back: the DaemonSet starts the pod again.',
    },
  ],
  links: ['https://github.com/kubernetes/kubernetes/issues/101529'],
  masks: [],
  needs: ['services', 'endpointSlices', 'nodes', 'pods', 'probes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, endpointSlices, nodes, pods, probes }) {
    const service = serviceOf(group, services);
    if (service === undefined || service.spec.externalTrafficPolicy === 'Local') return undefined;
    const ready = endpointsOf(service, servicePortOf(group, service), endpointSlices).filter(isReady);
    const answerOf = (target: (typeof group.targets)[number]) =>
      probeOf(probes, target, target.healthCheckPort === target.port ? 'health-check' : 'traffic-port')?.outcome.kind;
    const refusing = group.failing.filter((target) => answerOf(target) === 'refused');
    if (refusing.length === 0) return [];
    const serving = group.targets.filter((target) => {
      const answer = answerOf(target);
      return answer === undefined ? target.state === 'healthy' : answer !== 'refused' && answer !== 'timeout';
    });
    if (ready.length === 0 || serving.length === 0) return [];
    return refusing.flatMap((target) => {
      const node = nodeOf(target, nodes);
      const healthz = probeOf(probes, target, 'kube-proxy-healthz');
      if (node === undefined || !isKubeProxyUp(node, pods, healthz)) return [];
      if (Date.parse(group.takenAt) - Date.parse(node.metadata.creationTimestamp) < joining * 1000) return [];
      const answered = healthz?.outcome.kind === 'http' ? healthz.outcome : undefined;
      const lag = driftAt(healthz);
      const isStuck = answered?.status === 503 || (lag !== undefined && lag > stale);
      if (answered !== undefined && !isStuck) return [];
      return [
        {
          target,
          saw: `NodePort ${target.port} refuses connections on ${node.metadata.name}, ${serving.length} other node${serving.length > 1 ? 's serve' : ' serves'} it${healthz === undefined ? '' : `; kube-proxy on port 10256: ${formatOutcome(healthz.outcome)}`}${lag === undefined ? '' : `, last sync ${lag} s before`}`,
          expected: `a rule that forwards ${target.port} to one of ${ready.length} ready endpoints`,
          confidence: isStuck ? ('confirmed' as const) : ('possible' as const),
          values: { node: node.metadata.name },
        },
      ];
    });
  },
});
