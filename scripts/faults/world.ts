import { gatewayKinds } from '../../config/gateway-kinds.ts';
import { type PolicyKind, policyKinds } from '../../config/policy-kinds.ts';
import { type Incident, settleWith } from '../../lab/faults/incident.ts';
import { automodeUnsupportedAnnotation } from '../../lab/scenarios/automode-unsupported-annotation.ts';
import { etpLocalNoLocalPod } from '../../lab/scenarios/etp-local-no-local-pod.ts';
import { hcPathWrongStatus } from '../../lab/scenarios/hc-path-wrong-status.ts';
import { healthCheckLostOnPath } from '../../lab/scenarios/health-check-lost-on-path.ts';
import { healthy } from '../../lab/scenarios/healthy.ts';
import { kubeProxyNodeNameMismatch } from '../../lab/scenarios/kube-proxy-node-name-mismatch.ts';
import { podCrashloop } from '../../lab/scenarios/pod-crashloop.ts';
import { podOomkilled } from '../../lab/scenarios/pod-oomkilled.ts';
import { buildAccount } from '../../lab/world/account.ts';
import { addCluster, clusterOf } from '../../lab/world/cluster.ts';
import type { CustomResource } from '../../lab/world/kubernetes-object.ts';
import { before, minute } from '../../lab/world/moment.ts';
import { metadata, objectOf } from '../../lab/world/object.ts';
import type { FlowLog } from '../../lab/world/past/flow-log.ts';
import type { World, WorldCluster } from '../../lab/world/world.ts';

const prefixListId = 'pl-0123456789abcdef0';

const incidents: Incident[] = [
  { cluster: 'struck', namespace: 'web', service: 'storefront', scenario: healthy },
  { cluster: 'struck', namespace: 'web', service: 'images', scenario: etpLocalNoLocalPod },
  { cluster: 'struck', namespace: 'orders', service: 'checkout', scenario: podCrashloop },
  { cluster: 'struck', namespace: 'orders', service: 'prices', scenario: automodeUnsupportedAnnotation },
  { cluster: 'spared', namespace: 'edge', service: 'proxy', scenario: kubeProxyNodeNameMismatch },
  { cluster: 'spared', namespace: 'ledger', service: 'journal', scenario: healthy },
  { cluster: 'spared', namespace: 'cards', service: 'fraud', scenario: podOomkilled },
  { cluster: 'spared', namespace: 'cards', service: 'vault', scenario: hcPathWrongStatus },
  { cluster: 'spared', namespace: 'cards', service: 'tokens', scenario: healthCheckLostOnPath },
];

/** A small account of two clusters with faults, in which an audit makes every call. */
export function faultWorld(): World {
  const world = buildAccount({ network: '127.62', now: thisMinute() });
  for (const name of ['struck', 'spared']) addCluster(world, { name });
  world.prefixLists.push({ id: prefixListId, cidrs: ['203.0.113.0/24'] });
  for (const group of world.securityGroups.slice(0, 1)) {
    group.rules.push({
      id: 'sgr-0123456789abcdef0',
      egress: false,
      protocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      prefixListId,
      description: 'offices',
    });
  }
  addEnginePolicies(world, clusterOf(world, 'struck'));
  const settled = settleWith(world, incidents);
  letArgoWrite(clusterOf(settled, 'struck'));
  return { ...settled, past: { struckAt: before(world.now, 20 * minute) }, flowLogs: flowLogsOf(settled) };
}

/** The Service of failing targets belongs to an application of Argo CD, which EKS runs. */
function letArgoWrite(cluster: WorldCluster): void {
  const { metadata: own } = objectOf(cluster, 'Service', { namespace: 'orders', name: 'checkout' });
  own.annotations['argocd.argoproj.io/tracking-id'] = 'shop:/Service:orders/checkout';
  cluster.capabilities = [{ name: 'gitops', type: 'ARGOCD' }];
}

/** One for each subnet, in turn to a log group and to a bucket. */
const flowLogsOf = ({ subnets }: World): FlowLog[] =>
  subnets.map(({ id: resourceId }, index) => ({
    id: `fl-0123456789abcdef${index}`,
    resourceId,
    traffic: 'ALL',
    destination:
      index % 2 === 0 ? { kind: 'log-group', name: '/vpc/flow-logs' } : { kind: 'bucket', name: 'company-flow-logs' },
  }));

/** An object of each kind of network policy that an audit reads where it is served; none of them selects a pod of the account. */
function addEnginePolicies(world: World, cluster: WorldCluster): void {
  const nowhere = { namespace: 'nowhere' };
  const selector = "app == 'nothing'";
  const specs: Record<string, object> = {
    'networking.k8s.aws ClusterNetworkPolicy': { tier: 'Admin', priority: 10, subject: { pods: subject } },
    'crd.projectcalico.org GlobalNetworkPolicy': { order: 500, selector, types: ['Ingress'] },
    'crd.projectcalico.org NetworkPolicy': { order: 500, selector, types: ['Ingress'] },
    'crd.projectcalico.org Tier': { order: 100 },
    'crd.projectcalico.org GlobalNetworkSet': { nets: ['192.168.0.0/16'] },
    'crd.projectcalico.org NetworkSet': { nets: ['192.168.0.0/16'] },
    'cilium.io CiliumNetworkPolicy': { endpointSelector: { matchLabels: { app: 'nothing' } } },
    'cilium.io CiliumClusterwideNetworkPolicy': { endpointSelector: { matchLabels: { app: 'nothing' } } },
  };
  const nodeClass = { group: 'eks.amazonaws.com', version: 'v1', kind: 'NodeClass', namespaced: false };
  const customResources: CustomResource[] = [];
  const put = (kind: Omit<PolicyKind, 'resource' | 'why'>, spec: object) => {
    const identity = { kind: kind.kind, name: 'idle', ...(kind.namespaced && nowhere) };
    const apiVersion = `${kind.group}/${kind.version}`;
    customResources.push({ apiVersion, kind: kind.kind, metadata: metadata(world, cluster, identity), spec });
  };
  put(nodeClass, { networkPolicy: 'DefaultAllow' });
  for (const {
    versions: [version = 'v1'],
    ...kind
  } of gatewayKinds)
    put({ ...kind, version }, kind.kind === 'Gateway' ? { gatewayClassName: 'nlb', listeners: [] } : {});
  for (const kind of policyKinds) put(kind, specs[`${kind.group} ${kind.kind}`] ?? {});
  cluster.customResources = customResources;
}

const subject = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'nowhere' } },
  podSelector: { matchLabels: { app: 'nothing' } },
};

/** Files of flow logs are read of the last minutes. */
const thisMinute = (): string => new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
