import { expect, test } from 'vitest';
import { networkpolicyBlocksClients } from '../../core/checks/network/networkpolicy-blocks-clients.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { EnginePolicy } from '../../core/model/custom-resources/engine-policy.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { NetworkPolicy } from '../../core/model/kubernetes.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { daemonSet } from '../core/network/open-path.ts';
import { fail, instanceId, metadata, sampleFacts, useBothProtocols } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

type Ingress = NetworkPolicy['spec']['ingress'];
const policy = (ingress: Ingress): NetworkPolicy => ({
  metadata: metadata('web', 'shop'),
  spec: {
    podSelector: { matchLabels: { app: 'web' }, matchExpressions: [] },
    policyTypes: ['Ingress'],
    ingress,
  },
});
const anyPod: Ingress[number]['from'][number] = { namespaceSelector: { matchLabels: {}, matchExpressions: [] } };
const block = (cidr: string, except: string[] = []) => ({ ipBlock: { cidr, except } });
const enforce = ({ slices }: Facts) => {
  slices.workloads.push(daemonSet('aws-node', {}, ['--enable-network-policy=true']));
};
const attribute =
  (value: string) =>
  ({ slices }: Facts): void => {
    for (const { attributes } of slices.targetGroups) attributes['preserve_client_ip.enabled'] = value;
  };
const faces =
  (scheme: 'internal' | 'internet-facing') =>
  ({ slices }: Facts): void => {
    for (const balancer of slices.loadBalancers) balancer.scheme = scheme;
  };
/** Healthy targets under these policies; under Local kube-proxy answers the health check. */
const under = (ingress: Ingress, options: Parameters<typeof sampleFacts>[0] = { policy: 'Local' }) =>
  given(
    () => sampleFacts(options),
    (facts) => {
      enforce(facts);
      for (const target of facts.slices.targetHealth) target.state = 'healthy';
      facts.slices.networkPolicies = [policy(ingress)];
    },
  );
const podsOnly: Ingress = [{ from: [anyPod], ports: [{ port: 8080 }] }];
const withPods = [instanceId(0), instanceId(1)];
const calico = (nets: string[]): EnginePolicy[] => [
  {
    kind: 'CalicoPolicy',
    resource: 'globalnetworkpolicies.crd.projectcalico.org',
    metadata: metadata('default.closed'),
    spec: {
      tier: 'default',
      selector: "app == 'web'",
      types: ['Ingress'],
      others: [],
      ingress: [{ action: 'Allow', nets, notNets: [], bySelector: false, ports: [], others: [] }],
    },
  },
];
const byCalico = (nets: string[]) =>
  given(under([]), ({ slices }) => {
    slices.workloads.push(daemonSet('calico-node', {}));
    slices.networkPolicies = [];
    slices.enginePolicies = calico(nets);
  });

testCheck(networkpolicyBlocksClients, {
  found: [
    {
      name: 'a policy for pods alone, while kube-proxy answers the health check on the nodes with pods',
      facts: under(podsOnly),
      targets: withPods,
      confidence: 'confirmed',
      saw: 'shop/web-1: NetworkPolicy shop/web: no rule for TCP 8080 from 0.0.0.0; the health check of port 32080 passes',
      values: { podPort: 8080 },
    },
    {
      name: 'another port than that of the container',
      facts: under([{ from: [], ports: [{ port: 80 }] }]),
      targets: withPods,
      confidence: 'confirmed',
      saw: 'no rule for TCP 8080',
    },
    {
      name: 'private ranges alone, behind an internet-facing load balancer that preserves addresses',
      facts: given(
        under([{ from: [block('192.168.0.0/16')], ports: [] }]),
        attribute('true'),
        faces('internet-facing'),
      ),
      targets: withPods,
      confidence: 'confirmed',
      saw: 'from 0.0.0.0',
    },
    {
      name: 'the range of the VPC, through which clients by PrivateLink would come',
      facts: given(under([{ from: [block('10.0.0.0/16')], ports: [] }]), attribute('true'), faces('internet-facing')),
      targets: withPods,
      confidence: 'probable',
      saw: 'from 0.0.0.0',
    },
    {
      name: 'addresses of the load balancer, and one of its zones in the exceptions',
      facts: given(under([{ from: [block('10.0.0.0/16', ['10.0.2.0/24'])], ports: [] }]), attribute('false')),
      targets: withPods,
      confidence: 'probable',
      saw: 'from 10.0.2.5',
    },
    {
      name: 'no address of the load balancer, where clients have those',
      facts: given(under([{ from: [block('203.0.113.0/24')], ports: [] }]), attribute('false')),
      targets: withPods,
      confidence: 'confirmed',
      saw: 'from 10.0.0.5',
    },
    {
      name: 'a node without a pod forwards from its own address to pods that no policy opens to it',
      facts: given(under(podsOnly, {}), ({ slices }) => {
        for (const target of slices.targetHealth) target.healthCheckPort = 10_256;
      }),
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: 'from 10.0.2.10',
    },
    {
      name: 'a GlobalNetworkPolicy of Calico that opens one range',
      facts: given(byCalico(['192.168.0.0/16']), attribute('true'), faces('internet-facing')),
      targets: withPods,
      confidence: 'confirmed',
      saw: /Calico tier default: no rule for TCP 8080 from 0\.0\.0\.0/,
      values: { resources: ',globalnetworkpolicies.crd.projectcalico.org' },
    },
    {
      name: 'strict mode, and no policy at all',
      facts: given(under([]), ({ slices }) => {
        slices.networkPolicies = [];
        slices.workloads = [
          daemonSet('aws-node', { NETWORK_POLICY_ENFORCING_MODE: 'strict' }, ['--enable-network-policy=true']),
        ];
      }),
      targets: withPods,
      confidence: 'confirmed',
      saw: 'strict mode, and no NetworkPolicy selects the pod',
    },
    {
      name: 'a policy for TCP alone, while the Service has a port of each protocol',
      facts: given(under([{ from: [], ports: [{ port: 8080 }] }], { targetType: 'ip' }), useBothProtocols),
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'confirmed',
      saw: 'shop/web-1: NetworkPolicy shop/web: no rule for UDP 8080 from 0.0.0.0',
    },
    {
      name: 'a group for UDP, behind a policy for TCP',
      facts: given(under([{ from: [], ports: [{ port: 8080 }] }], { targetType: 'ip' }), ({ slices }) => {
        for (const group of slices.targetGroups) group.protocol = 'UDP';
        for (const { spec } of slices.services) for (const port of spec.ports) port.protocol = 'UDP';
      }),
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'confirmed',
      saw: 'no rule for UDP 8080',
    },
  ],
  ruledOut: [
    {
      name: 'a policy for both protocols',
      facts: given(
        under([{ from: [], ports: [{ port: 8080 }, { port: 8080, protocol: 'UDP' }] }], { targetType: 'ip' }),
        useBothProtocols,
      ),
    },
    { name: 'a narrow range admits somebody', facts: under([{ from: [block('203.0.113.7/32')], ports: [] }]) },
    {
      name: 'private ranges behind an internal load balancer',
      facts: given(under([{ from: [block('10.0.0.0/8')], ports: [] }]), attribute('true'), faces('internal')),
    },
    { name: 'a rule for everyone', facts: under([{ from: [], ports: [{ port: 8080 }] }]) },
    {
      name: 'everyone but one range',
      facts: under([{ from: [block('0.0.0.0/0', ['10.0.0.0/8'])], ports: [] }]),
    },
    {
      name: 'a health check that passes at the port of clients, whatever the policy seems to say',
      facts: given(under(podsOnly, { targetType: 'ip' }), attribute('false')),
    },
    {
      name: 'nothing enforces policies',
      facts: given(under(podsOnly), ({ slices }) => {
        slices.workloads = [];
      }),
    },
    {
      name: 'pods in the network of their host',
      facts: given(under(podsOnly), ({ slices }) => {
        for (const { spec } of slices.pods) spec.hostNetwork = true;
      }),
    },
    {
      name: 'no listener sends clients',
      facts: given(under(podsOnly), ({ slices }) => {
        for (const { forwards } of slices.listeners) for (const forward of forwards) forward.weight = 0;
      }),
    },
    {
      name: 'targets that fail: who is dropped there is for other checks',
      facts: given(under(podsOnly), ({ slices }) => fail(slices.targetHealth)),
    },
    { name: 'Calico admits every address', facts: byCalico(['0.0.0.0/0']) },
  ],
});

const outcomeOf = (facts: Facts): string | undefined =>
  groupsOf(facts).flatMap((group) => examine(group, facts, [networkpolicyBlocksClients]))[0]?.outcome;

test('a kind of policy that is not evaluated leaves it open', () => {
  const facts = under([])();
  facts.slices.networkPolicies = [];
  facts.slices.workloads.push(daemonSet('calico-node', {}));
  facts.slices.enginePolicies = [
    {
      kind: 'OtherPolicy',
      resource: 'adminnetworkpolicies.policy.networking.k8s.io',
      metadata: metadata('x'),
      spec: {},
    },
  ];
  expect(outcomeOf(facts)).toBe('unknown');
});

test('so do hundreds of ranges', () => {
  const many = Array.from({ length: 600 }, (_, index) => block(`203.${index >> 8}.${index & 255}.0/24`));
  expect(outcomeOf(under([{ from: many, ports: [] }])())).toBe('unknown');
});

test('and policies that could not be read', () => {
  const facts = under(podsOnly)();
  facts.gaps.push({
    slice: 'networkPolicies',
    scope: { kind: 'all' },
    reason: 'denied',
    action: 'list networkpolicies',
    message: 'forbidden',
    remedy: 'Grant it.',
  });
  expect(outcomeOf(facts)).toBe('unknown');
});
