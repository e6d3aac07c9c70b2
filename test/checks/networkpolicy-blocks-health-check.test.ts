import { networkpolicyBlocksHealthCheck } from '../../core/checks/network/networkpolicy-blocks-health-check.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { NetworkPolicy } from '../../core/model/kubernetes.ts';
import { daemonSet } from '../core/network/open-path.ts';
import { fail, instanceId, metadata, nodeName, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

type Ingress = NetworkPolicy['spec']['ingress'];
const policy = (ingress: Ingress, change: Partial<NetworkPolicy['spec']> = {}): NetworkPolicy => ({
  metadata: metadata('web', 'shop'),
  spec: {
    podSelector: { matchLabels: { app: 'web' }, matchExpressions: [] },
    policyTypes: ['Ingress'],
    ingress,
    ...change,
  },
});
const anyPod: Ingress[number]['from'][number] = { namespaceSelector: { matchLabels: {}, matchExpressions: [] } };
const block = (cidr: string, except: string[] = []) => ({ ipBlock: { cidr, except } });
const enforce = ({ slices }: Facts) => {
  slices.workloads.push(daemonSet('aws-node', {}, ['--enable-network-policy=true']));
};
const ip = (...policies: NetworkPolicy[]) =>
  given(
    () => sampleFacts({ targetType: 'ip' }),
    (facts) => {
      enforce(facts);
      fail(facts.slices.targetHealth);
      facts.slices.networkPolicies = policies;
    },
  );
const pods = ['10.0.0.100', '10.0.1.100'];
const nodePort = given(sampleFacts, (facts) => {
  enforce(facts);
  fail(facts.slices.targetHealth);
  facts.slices.networkPolicies = [policy([{ from: [anyPod], ports: [{ port: 8080 }] }])];
});
const on = (facts: Facts, index: number) => {
  facts.slices.targetHealth = facts.slices.targetHealth.filter(({ id }) => id === instanceId(index));
};

testCheck(networkpolicyBlocksHealthCheck, {
  found: [
    {
      name: 'a policy for pods of all namespaces leaves out the load balancer',
      facts: ip(policy([{ from: [anyPod], ports: [{ port: 8080 }] }])),
      targets: pods,
      confidence: 'confirmed',
      saw: 'shop/web-1 under VPC CNI: NetworkPolicy shop/web: no rule for TCP 8080 from 10.0.0.5',
    },
    {
      name: 'a policy that denies everything',
      facts: ip(policy([])),
      targets: pods,
      confidence: 'confirmed',
      saw: 'no rule',
    },
    {
      name: 'the port of the Service in place of the container’s',
      facts: ip(policy([{ from: [block('10.0.0.0/16')], ports: [{ port: 80 }] }])),
      targets: pods,
      confidence: 'confirmed',
      saw: 'TCP 8080',
    },
    {
      name: 'one zone of the load balancer in the exceptions',
      facts: ip(policy([{ from: [block('10.0.0.0/16', ['10.0.2.0/24'])], ports: [] }])),
      targets: pods,
      confidence: 'confirmed',
      saw: 'from 10.0.2.5',
    },
    {
      name: 'a node without a pod passes the check on and is taken for a stranger',
      facts: given(nodePort, (facts) => on(facts, 2)),
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: 'shop/web-1, and 1 more pods under VPC CNI: NetworkPolicy shop/web: no rule for TCP 8080 from 10.0.2.10',
    },
    {
      name: 'a node with a pod of its own fails now and then',
      facts: given(nodePort, (facts) => on(facts, 0)),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'shop/web-2 under VPC CNI',
    },
    {
      name: 'a health check on another port of the Service',
      facts: given(nodePort, (facts) => {
        on(facts, 2);
        for (const { spec } of facts.slices.services)
          spec.ports.push({ name: 'status', protocol: 'TCP', port: 15021, targetPort: 15021, nodePort: 31521 });
        for (const slice of facts.slices.endpointSlices)
          slice.ports.push({ name: 'status', port: 15021, protocol: 'TCP' });
        for (const each of facts.slices.targetHealth) each.healthCheckPort = 31521;
      }),
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: 'no rule for TCP 15021 from 10.0.2.10',
    },
    {
      name: 'Calico guards pods without an owner too',
      facts: given(ip(policy([])), ({ slices }) => {
        slices.workloads = [daemonSet('calico-node', {})];
        for (const { metadata } of slices.pods) metadata.ownerReferences = [];
      }),
      targets: pods,
      confidence: 'confirmed',
      saw: 'shop/web-1 under Calico',
    },
    {
      name: 'an engine that could not be seen',
      facts: given(ip(policy([])), (facts) => {
        facts.gaps.push({
          slice: 'workloads',
          scope: { kind: 'all' },
          reason: 'denied',
          action: 'list daemonsets',
          message: 'forbidden',
          remedy: 'grant it',
        });
      }),
      targets: pods,
      confidence: 'possible',
      saw: 'an engine that could not be seen',
    },
  ],
  ruledOut: [
    {
      name: 'the same policy and no engine',
      facts: given(ip(policy([])), ({ slices }) => {
        slices.workloads = [daemonSet('aws-node', {}, ['--enable-network-policy=false'])];
      }),
    },
    {
      name: 'the subnets of the load balancer admitted',
      facts: ip(policy([{ from: [block('10.0.0.0/16')], ports: [{ port: 8080 }] }])),
    },
    {
      name: 'a second policy that admits them',
      facts: ip(policy([]), policy([{ from: [block('10.0.0.0/16')], ports: [] }])),
    },
    { name: 'a policy for egress', facts: ip(policy([], { policyTypes: ['Egress'] })) },
    {
      name: 'a policy that selects other pods',
      facts: ip(policy([], { podSelector: { matchLabels: { app: 'db' }, matchExpressions: [] } })),
    },
    {
      name: 'pods in the network of their host',
      facts: given(ip(policy([])), ({ slices }) => {
        for (const { spec } of slices.pods) spec.hostNetwork = true;
      }),
    },
    {
      name: 'pods on Fargate, where no engine runs',
      facts: given(ip(policy([])), ({ slices }) => {
        for (const { metadata } of slices.nodes) metadata.labels['eks.amazonaws.com/compute-type'] = 'fargate';
      }),
    },
    {
      name: 'pods on Windows, which the VPC CNI does not guard',
      facts: given(ip(policy([])), ({ slices }) => {
        for (const { metadata } of slices.nodes) metadata.labels['kubernetes.io/os'] = 'windows';
      }),
    },
    {
      name: 'pods without an owner, which the VPC CNI does not guard',
      facts: given(ip(policy([])), ({ slices }) => {
        for (const { metadata } of slices.pods) metadata.ownerReferences = [];
      }),
    },
    {
      name: 'a policy on a job that ended and had the address before',
      facts: given(
        ip({
          ...policy([], { podSelector: { matchLabels: {}, matchExpressions: [] } }),
          metadata: metadata('all', 'batch'),
        }),
        ({ slices }) => {
          slices.pods.unshift(
            ...slices.pods.map((pod) => ({
              ...pod,
              metadata: { ...pod.metadata, name: `${pod.metadata.name}-job`, namespace: 'batch' },
              status: { ...pod.status, phase: 'Succeeded' },
            })),
          );
        },
      ),
    },
    {
      name: 'Local, where kube-proxy answers the check',
      facts: given(
        () => sampleFacts({ policy: 'Local' }),
        (facts) => {
          enforce(facts);
          fail(facts.slices.targetHealth);
          facts.slices.networkPolicies = [policy([])];
        },
      ),
    },
    {
      name: 'a NodePort whose pods all run on the node',
      facts: given(nodePort, (facts) => {
        on(facts, 0);
        for (const { spec } of facts.slices.pods) spec.nodeName = nodeName(0);
      }),
    },
  ],
});
