import { check } from '../../diagnosis/check.ts';
import { admittingRule } from '../../kubernetes/network-policies.ts';
import { isClosed, strictModes } from '../../kubernetes/policies/strict-mode.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { Evidence } from '../../model/check-result.ts';
import { podArrivalsOf } from '../../network/pod-path.ts';

export const networkpolicyStrictMode = check({
  id: 'networkpolicy-strict-mode',
  kind: 'fault',
  stage: 'network',
  order: 2,
  severity: 'critical',
  title: 'The VPC CNI denies everything to pods that no NetworkPolicy selects',
  symptom: 'Pods that no NetworkPolicy selects are unhealthy and give no answer.',
  why: `With NETWORK_POLICY_ENFORCING_MODE set to strict, or networkPolicy DefaultDeny in a NodeClass, a pod accepts only connections that
policies admit. A pod without any policy, which accepts everything in the default mode, then accepts nothing from the load balancer.`,
  proof: `The aws-node DaemonSet sets the mode to strict and its policy engine is on, or in EKS Auto Mode the NodeClass of the node has
networkPolicy DefaultDeny; and no policy selects the pod in which the health check ends.`,
  nearMisses: [
    'The default mode is standard.',
    'A policy selects the pod and admits too little: `networkpolicy-blocks-health-check`.',
    'A policy for egress only leaves ingress open.',
    'The strict mode does not apply to pods in the host network or on Fargate.',
  ],
  decidedBy: 'the log of the network policy agent on the node of the pod',
  fix: [
    {
      text: 'Create a policy that admits the load balancer’s subnets to the port of the pods.',
      change: { create: '{manifest}', in: '{namespace}' },
      danger:
        'If the target group preserves client addresses, clients need another ipBlock: healthy targets do not show that it is missing.',
      disturbs: { nothing: 'the policy admits more; pods that it selects are isolated already.' },
    },
    {
      text: 'Or set the NodeClass to DefaultAllow; its nodes are replaced.',
      when: 'nodeClass',
      change: {
        patch: { spec: { networkPolicy: 'DefaultAllow' } },
        type: 'merge',
        on: { object: 'nodeclass {nodeClass}' },
      },
      disturbs: 'Pods without a policy accept everything again, and the nodes of the NodeClass drift and are replaced.',
    },
    {
      text: 'Or return to the default mode.',
      when: 'cni',
      change: {
        env: { NETWORK_POLICY_ENFORCING_MODE: 'standard' },
        container: 'aws-node',
        on: { object: 'daemonset/aws-node', in: 'kube-system' },
      },
      danger: 'Pods without a policy then accept every connection again.',
    },
  ],
  links: ['https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html'],
  masks: [],
  masksEvery: ['dropSymptom'],
  needs: [
    'workloads',
    'networkPolicies',
    'nodeClasses',
    'services',
    'endpointSlices',
    'pods',
    'nodes',
    'networkInterfaces',
    'subnets',
  ],
  optional: ['configMaps'],

  run(group, facts) {
    const { workloads, configMaps, networkPolicies, nodes, nodeClasses } = facts;
    const modeOn = strictModes({ workloads, configMaps, nodes, nodeClasses });
    if (modeOn === undefined) return undefined;
    const closed = podArrivalsOf(group, facts, { targets: group.failing, protocol: 'TCP' }).flatMap((arrival) => {
      const mode = modeOn(arrival.pod);
      return mode !== undefined && isClosed(arrival.pod, nodes, networkPolicies) ? [{ ...arrival, mode }] : [];
    });
    return [...Map.groupBy(closed, ({ target }) => target)].flatMap(([target, arrivals]): Evidence[] => {
      const [first] = arrivals;
      if (first === undefined) return [];
      const { pod, port, subnets, always, mode } = first;
      const others = arrivals.length > 1 ? `, nor ${arrivals.length - 1} more pods` : '';
      return [
        {
          target,
          saw: `${mode.name}, and no NetworkPolicy selects ${nameOf(pod)}${others}`,
          expected: `a policy that admits ${subnets.join(', ')} to port ${port}`,
          confidence: always ? 'confirmed' : 'probable',
          values: {
            manifest: manifest(pod.metadata.labels, subnets, port),
            ...(mode.nodeClass === undefined ? { cni: 'aws-node' } : { nodeClass: mode.nodeClass }),
          },
        },
      ];
    });
  },
});

/** Labels that differ from one pod of a workload to the next select too little; the zone is one since Kubernetes 1.35. */
const own =
  /^(pod-template-hash|controller-revision-hash|statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|topology\.kubernetes\.io\/(zone|region))$/;

const manifest = (labels: Record<string, string>, subnets: string[], port: number): string =>
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'admit-load-balancer' },
    spec: {
      podSelector: { matchLabels: Object.fromEntries(Object.entries(labels).filter(([key]) => !own.test(key))) },
      policyTypes: ['Ingress'],
      ingress: [admittingRule(subnets, port)],
    },
  });
