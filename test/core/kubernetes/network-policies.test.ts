import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fits } from '../../../core/kubernetes/label-selector.ts';
import { networkPolicyVerdict, policyEngineOf } from '../../../core/kubernetes/network-policies.ts';
import type { LabelSelector, NetworkPolicy, Pod, Workload } from '../../../core/model/kubernetes.ts';
import { metadata, sampleFacts } from '../sample-facts.ts';

const value = fc.constantFrom('a', 'b');
const key = fc.constantFrom('app', 'tier');
const labels = fc.dictionary(key, value, { maxKeys: 2 });
const selector: fc.Arbitrary<LabelSelector> = fc.record({
  matchLabels: fc.dictionary(key, value, { maxKeys: 1 }),
  matchExpressions: fc.array(
    fc.record({
      key,
      operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
      values: fc.array(value, { minLength: 1, maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
});

/** The definition of a LabelSelector, requirement by requirement, over the set of pairs that the labels are. */
function isSelected({ matchLabels, matchExpressions }: LabelSelector, of: Record<string, string>): boolean {
  const pairs = new Set(Object.entries(of).map(([name, each]) => `${name}=${each}`));
  const hasKey = (name: string) => [...pairs].some((pair) => pair.startsWith(`${name}=`));
  const hasOneOf = (name: string, values: string[]) => values.some((each) => pairs.has(`${name}=${each}`));
  const asExpressions = Object.entries(matchLabels).map(([name, each]) => ({
    key: name,
    operator: 'In',
    values: [each],
  }));
  return [...asExpressions, ...matchExpressions].every((each) => {
    if (each.operator === 'Exists') return hasKey(each.key);
    if (each.operator === 'DoesNotExist') return !hasKey(each.key);
    return hasOneOf(each.key, each.values) === (each.operator === 'In');
  });
}

const last = fc.nat(7);
const ipBlock = fc
  .tuple(last, fc.constantFrom(29, 30, 31, 32), fc.array(last, { maxLength: 2 }))
  .map(([base, prefix, except]) => ({
    cidr: `10.0.0.${base}/${prefix}`,
    except: except.map((each) => `10.0.0.${each}/32`),
  }));
const policyPort = fc.oneof(
  fc.record({ port: fc.constantFrom(8080, 9090), protocol: fc.constantFrom('TCP', 'UDP') }),
  fc.record({ port: fc.constant(8000), endPort: fc.constantFrom(8079, 8080) }),
  fc.record({ port: fc.constantFrom('web', 'metrics') }),
  fc.constant({}),
);
const policy: fc.Arbitrary<NetworkPolicy> = fc.record({
  metadata: fc.constantFrom(metadata('one', 'shop'), metadata('two', 'shop'), metadata('elsewhere', 'other')),
  spec: fc.record({
    podSelector: selector,
    policyTypes: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
    ingress: fc.array(
      fc.record({
        from: fc.array(
          fc.oneof(
            ipBlock.map((each) => ({ ipBlock: each })),
            selector.map((podSelector) => ({ podSelector })),
            selector.map((namespaceSelector) => ({ namespaceSelector })),
          ),
          { maxLength: 2 },
        ),
        ports: fc.array(policyPort, { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
  }),
});

function podWith(own: Record<string, string>): Pod {
  const [pod] = sampleFacts().slices.pods;
  if (pod === undefined) throw new Error('the sample has no pod');
  return {
    ...pod,
    metadata: { ...pod.metadata, labels: own },
    spec: {
      ...pod.spec,
      containers: pod.spec.containers.map((each) => ({ ...each, ports: [{ name: 'web', containerPort: 8080 }] })),
    },
  };
}

/** Every address that a block means, counted out. */
const meant = (cidr: string): string[] => {
  const [base = '', prefix = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(prefix));
  const start = Math.floor(Number(base.split('.')[3]) / size) * size;
  return Array.from({ length: size }, (_, index) => `10.0.0.${start + index}`);
};

describe('selectors', () => {
  test('fit as the definition says', () => {
    fc.assert(
      fc.property(selector, labels, (each, of) => {
        expect(fits(each, of)).toBe(isSelected(each, of));
      }),
    );
  });
});

describe('NetworkPolicies', () => {
  test('deny a selected pod what no rule of any policy lists, and an unselected one nothing', () => {
    fc.assert(
      fc.property(fc.array(policy, { maxLength: 3 }), labels, last, (policies, own, from) => {
        const address = `10.0.0.${from}`;
        const selecting = policies.filter(
          ({ metadata: { namespace }, spec }) =>
            namespace === 'shop' && spec.policyTypes.includes('Ingress') && isSelected(spec.podSelector, own),
        );
        const listed = selecting
          .flatMap(({ spec }) => spec.ingress)
          .filter(({ from: peers }) => {
            if (peers.length === 0) return true;
            const blocks = peers.flatMap((peer) => ('ipBlock' in peer && peer.ipBlock ? [peer.ipBlock] : []));
            return blocks.some(
              ({ cidr, except }) =>
                meant(cidr).includes(address) && !except.some((each) => meant(each).includes(address)),
            );
          })
          .some(
            ({ ports }) =>
              ports.length === 0 ||
              ports.some(({ port, endPort, protocol = 'TCP' }) => {
                if (protocol !== 'TCP') return false;
                if (port === undefined || port === 'web' || port === 8080) return true;
                return port === 8000 && endPort === 8080;
              }),
          );
        const expected = selecting.length === 0 || listed ? 'allow' : 'deny';
        expect(networkPolicyVerdict(podWith(own), { address, port: 8080, protocol: 'TCP' }, policies).decision).toBe(
          expected,
        );
      }),
      { numRuns: 500 },
    );
  });
});

const daemonSet = (name: string, containers: { name: string; args: string[] }[]): Workload => ({
  kind: 'DaemonSet',
  metadata: metadata(name, 'kube-system'),
  spec: {
    replicas: 1,
    template: {
      labels: {},
      containers: containers.map((each) => ({ ...each, image: '', command: [], env: [], ports: [] })),
    },
  },
  status: { replicas: 1, readyReplicas: 1, updatedReplicas: 1, availableReplicas: 1, conditions: [] },
});
const configMap = (name: string, data: Record<string, string>) => ({ metadata: metadata(name, 'kube-system'), data });
const awsNode = (flag: string) => daemonSet('aws-node', [{ name: 'aws-eks-nodeagent', args: [flag] }]);
const switchedTo = (value: string) => configMap('amazon-vpc-cni', { 'enable-network-policy-controller': value });

describe('the engine', () => {
  test.each([
    ['VPC CNI with its agent on', [awsNode('--enable-network-policy=true')], [switchedTo('true')], 'VPC CNI'],
    ['VPC CNI with its agent off', [awsNode('--enable-network-policy=false')], [switchedTo('true')], undefined],
    ['VPC CNI with its controller off', [awsNode('--enable-network-policy=true')], [switchedTo('false')], undefined],
    ['EKS Auto Mode', [], [switchedTo('true')], 'VPC CNI'],
    [
      'Calico beside the VPC CNI',
      [awsNode('--enable-network-policy=false'), daemonSet('calico-node', [])],
      [],
      'Calico',
    ],
    ['Cilium', [daemonSet('cilium', [])], [configMap('cilium-config', { 'enable-policy': 'default' })], 'Cilium'],
    [
      'Cilium that never enforces',
      [daemonSet('cilium', [])],
      [configMap('cilium-config', { 'enable-policy': 'never' })],
      undefined,
    ],
    ['nothing', [], [], undefined],
  ])('%s', (_, workloads, configMaps, engine) => {
    expect(policyEngineOf(workloads, configMaps)).toBe(engine);
  });
});
