import { expect, test } from 'vitest';
import type { Arrival } from '../../../core/kubernetes/policies/arrival.ts';
import { fitsCalico } from '../../../core/kubernetes/policies/calico-selector.ts';
import { engineVerdict, type Policies } from '../../../core/kubernetes/policies/engine-verdict.ts';
import type {
  CalicoPolicy,
  CiliumPolicy,
  ClusterNetworkPolicy,
  EnginePolicy,
} from '../../../core/model/custom-resources/engine-policy.ts';
import type { NetworkPolicy } from '../../../core/model/kubernetes.ts';
import { metadata, sampleFacts } from '../sample-facts.ts';

const [pod] = sampleFacts({ targetType: 'ip' }).slices.pods;
if (pod === undefined) throw new Error('the sample has no pod');
const arrival: Arrival = { pod, address: '10.0.0.5', port: 8080, protocol: 'TCP', isFromNode: false };
const everything = { matchLabels: {}, matchExpressions: [] };

const verdict = (
  engine: Policies['engine'],
  enginePolicies: EnginePolicy[],
  change: Partial<Policies & Arrival> = {},
) =>
  engineVerdict(
    { ...arrival, ...change },
    { engine, enginePolicies, networkPolicies: change.networkPolicies ?? [], configMaps: change.configMaps ?? [] },
  ).decision;

const allowing: NetworkPolicy = {
  metadata: metadata('allow', 'shop'),
  spec: {
    podSelector: everything,
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/16', except: [] } }], ports: [] }],
  },
};
const denying: NetworkPolicy = { ...allowing, spec: { ...allowing.spec, ingress: [] } };

type CalicoSpec = CalicoPolicy['spec'];
const rule = (action: string, change: Partial<CalicoSpec['ingress'][number]> = {}): CalicoSpec['ingress'][number] => ({
  action,
  nets: [],
  notNets: [],
  bySelector: false,
  ports: [],
  others: [],
  ...change,
});
const calico = (ingress: CalicoSpec['ingress'], change: Partial<CalicoSpec> = {}): CalicoPolicy => ({
  kind: 'CalicoPolicy',
  resource: 'globalnetworkpolicies.crd.projectcalico.org',
  metadata: metadata('default-deny'),
  spec: { tier: 'default', selector: 'all()', types: ['Ingress'], ingress, others: [], ...change },
});
const tier = (name: string, order: number): EnginePolicy => ({
  kind: 'CalicoTier',
  resource: 'tiers.crd.projectcalico.org',
  metadata: metadata(name),
  spec: { order, defaultAction: 'Deny' },
});

test.each<[string, EnginePolicy[], Partial<Policies>, string]>([
  ['no policy at all', [], {}, 'allow'],
  ['a policy that denies by default', [calico([])], {}, 'deny'],
  ['one for other pods', [calico([], { selector: "app == 'api'" })], {}, 'allow'],
  ['a rule for the subnets', [calico([rule('Allow', { nets: ['10.0.0.0/16'], ports: ['8080'] })])], {}, 'allow'],
  ['a rule for a range of ports', [calico([rule('Allow', { ports: ['8000:9000'] })])], {}, 'allow'],
  ['a rule for another port', [calico([rule('Allow', { ports: ['9090'] })])], {}, 'deny'],
  ['a rule for pods', [calico([rule('Allow', { bySelector: true })])], {}, 'deny'],
  ['a rule with a condition of HTTP', [calico([rule('Allow', { others: ['http'] })])], {}, 'unknown'],
  ['a namespace by its name', [calico([], { namespaceSelector: "projectcalico.org/name == 'shop'" })], {}, 'deny'],
  ['a namespace by other labels', [calico([], { namespaceSelector: "team == 'shop'" })], {}, 'unknown'],
  ['a selector with parentheses', [calico([], { selector: "(app == 'web' || app == 'api')" })], {}, 'unknown'],
  ['a NetworkPolicy that admits', [calico([])], { networkPolicies: [allowing] }, 'allow'],
  ['a denial before NetworkPolicies', [calico([rule('Deny')], { order: 10 })], { networkPolicies: [allowing] }, 'deny'],
  [
    'an earlier tier that passes the rest on',
    [tier('security', 1), calico([rule('Pass')], { tier: 'security' }), calico([rule('Allow')])],
    {},
    'allow',
  ],
  [
    'an earlier tier at its end',
    [tier('security', 1), calico([], { tier: 'security' }), calico([rule('Allow')])],
    {},
    'deny',
  ],
])('Calico: %s', (_name, policies, change, expected) => {
  expect(verdict('Calico', policies, change)).toBe(expected);
});

test('selectors of Calico are read as its reference says', () => {
  const labels = { app: 'web', tier: 'front' };
  expect(fitsCalico("app == 'web' && has(tier)", labels)).toBe('yes');
  expect(fitsCalico('app != "web"', labels)).toBe('no');
  expect(fitsCalico("app in {'api', 'web'} && !has(zone)", labels)).toBe('yes');
  expect(fitsCalico("app not in {'web'}", labels)).toBe('no');
  expect(fitsCalico("app starts with 'w'", labels)).toBe('maybe');
});

type CiliumSpec = CiliumPolicy['spec'];
const from = (
  change: Partial<NonNullable<CiliumSpec['ingress']>[number]>,
): NonNullable<CiliumSpec['ingress']>[number] => ({
  entities: [],
  cidrs: [],
  hasSources: true,
  ports: [],
  others: [],
  ...change,
});
const cilium = (change: Partial<CiliumSpec>): CiliumPolicy => ({
  kind: 'CiliumPolicy',
  resource: 'ciliumnetworkpolicies.cilium.io',
  metadata: metadata('web', 'shop'),
  spec: { endpointSelector: everything, ingress: [], defaultDeny: true, ...change },
});

test.each<[string, EnginePolicy[], Partial<Policies & Arrival>, string]>([
  ['a policy without rules', [cilium({})], {}, 'deny'],
  ['one that only adds', [cilium({ defaultDeny: false })], {}, 'allow'],
  [
    'other pods',
    [cilium({ endpointSelector: { matchLabels: { 'k8s:app': 'api' }, matchExpressions: [] } })],
    {},
    'allow',
  ],
  ['pods by label', [cilium({ ingress: [from({})] })], {}, 'deny'],
  ['the world', [cilium({ ingress: [from({ entities: ['world'] })] })], {}, 'allow'],
  ['the cluster is not the load balancer', [cilium({ ingress: [from({ entities: ['cluster'] })] })], {}, 'deny'],
  ['the cluster is a node', [cilium({ ingress: [from({ entities: ['cluster'] })] })], { isFromNode: true }, 'allow'],
  ['its range', [cilium({ ingress: [from({ cidrs: [{ cidr: '10.0.0.0/16', except: [] }] })] })], {}, 'allow'],
  [
    'its range is no node',
    [cilium({ ingress: [from({ cidrs: [{ cidr: '10.0.0.0/16', except: [] }] })] })],
    { isFromNode: true },
    'deny',
  ],
  [
    'a denial goes first',
    [cilium({ ingress: [from({ hasSources: false })], ingressDeny: [from({ entities: ['world'] })] })],
    {},
    'deny',
  ],
  ['rules of HTTP', [cilium({ ingress: [from({ hasSources: false, others: ['rules'] })] })], {}, 'allow'],
  ['sources of another kind', [cilium({ ingress: [from({ others: ['fromGroups'] })] })], {}, 'unknown'],
  ['a NetworkPolicy adds', [cilium({})], { networkPolicies: [allowing] }, 'allow'],
  ['a NetworkPolicy restricts', [], { networkPolicies: [denying] }, 'deny'],
  [
    'policies are always enforced',
    [],
    { configMaps: [{ metadata: metadata('cilium-config', 'kube-system'), data: { 'enable-policy': 'always' } }] },
    'deny',
  ],
])('Cilium: %s', (_name, policies, change, expected) => {
  expect(verdict('Cilium', policies, change)).toBe(expected);
});

type ClusterRule = ClusterNetworkPolicy['spec']['ingress'][number];
const cluster = (action: string, tierName: string, change: Partial<ClusterRule> = {}): ClusterNetworkPolicy => ({
  kind: 'ClusterNetworkPolicy',
  resource: 'clusternetworkpolicies.networking.k8s.aws',
  metadata: metadata(`${action}-${tierName}`),
  spec: {
    tier: tierName,
    priority: 10,
    subject: { namespaces: everything },
    ingress: [{ action, networks: ['0.0.0.0/0'], others: [], ports: [], ...change }],
  },
});

test.each<[string, EnginePolicy[], NetworkPolicy[], string]>([
  ['a denial in the admin tier', [cluster('Deny', 'Admin')], [allowing], 'deny'],
  ['peers that are pods', [cluster('Deny', 'Admin', { networks: [] })], [], 'allow'],
  ['a peer of an unknown kind', [cluster('Deny', 'Admin', { networks: [], others: ['nodes'] })], [], 'unknown'],
  ['an admission before a NetworkPolicy', [cluster('Accept', 'Admin')], [denying], 'allow'],
  [
    'the rest passed on to NetworkPolicies',
    [cluster('Pass', 'Admin'), cluster('Deny', 'Baseline')],
    [allowing],
    'allow',
  ],
  ['the baseline without a NetworkPolicy', [cluster('Deny', 'Baseline')], [], 'deny'],
  ['another port', [cluster('Deny', 'Admin', { ports: [{ port: 9090 }] })], [], 'allow'],
])('VPC CNI: %s', (_name, policies, networkPolicies, expected) => {
  expect(verdict('VPC CNI', policies, { networkPolicies })).toBe(expected);
});

test('a kind that is not evaluated leaves the verdict open where the engine may enforce it', () => {
  const other: EnginePolicy = {
    kind: 'OtherPolicy',
    resource: 'adminnetworkpolicies.policy.networking.k8s.io',
    metadata: metadata('guard'),
    spec: {},
  };
  expect(verdict('Calico', [other])).toBe('unknown');
  expect(verdict('VPC CNI', [other])).toBe('allow');
});
