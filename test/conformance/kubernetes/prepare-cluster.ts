import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AdminClient } from './admin-client.ts';

const definition = readFileSync(new URL('target-group-binding-crd.yaml', import.meta.url), 'utf8');
const roles = readFileSync(new URL('../../../docs/rbac.yaml', import.meta.url), 'utf8');

/** The definition of AWS Load Balancer Controller (config/crd/bases); that of EKS Auto Mode is not public, so the same. */
const definitions = [
  definition,
  definition
    .replace('name: targetgroupbindings.elbv2.k8s.aws', 'name: targetgroupbindings.eks.amazonaws.com')
    .replace('group: elbv2.k8s.aws', 'group: eks.amazonaws.com')
    .replace('name: v1beta1', 'name: v1'),
  anyFields({ group: 'crd.projectcalico.org', plural: 'globalnetworkpolicies', kind: 'GlobalNetworkPolicy' }),
];

interface Kind {
  group: string;
  /** `v1` by default. */
  version?: string;
  plural: string;
  kind: string;
  /** `Cluster` by default. */
  scope?: 'Cluster' | 'Namespaced';
}

const gatewayKinds: Kind[] = [
  { group: 'gateway.networking.k8s.io', plural: 'gatewayclasses', kind: 'GatewayClass' },
  { group: 'gateway.networking.k8s.io', plural: 'gateways', kind: 'Gateway', scope: 'Namespaced' },
  {
    group: 'gateway.networking.k8s.io',
    version: 'v1alpha2',
    plural: 'tcproutes',
    kind: 'TCPRoute',
    scope: 'Namespaced',
  },
  {
    group: 'gateway.k8s.aws',
    plural: 'targetgroupconfigurations',
    kind: 'TargetGroupConfiguration',
    scope: 'Namespaced',
  },
  {
    group: 'gateway.k8s.aws',
    plural: 'loadbalancerconfigurations',
    kind: 'LoadBalancerConfiguration',
    scope: 'Namespaced',
  },
];

/** A definition that takes every field, for a kind of which only the reading is of interest. */
function anyFields({ group, version = 'v1', plural, kind, scope = 'Cluster' }: Kind): string {
  const openAPIV3Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // Groups of Kubernetes itself are protected.
      annotations: { 'api-approved.kubernetes.io': 'unapproved, takes every field' },
    },
    spec: {
      group,
      scope,
      names: { plural, kind },
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  });
}

/** Installs both definitions of TargetGroupBinding, and that of the policies of Calico. */
export async function installDefinitions(admin: AdminClient): Promise<void> {
  for (const text of definitions) {
    await post(admin, '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', text);
  }
  for (const path of ['/apis/elbv2.k8s.aws/v1beta1', '/apis/eks.amazonaws.com/v1']) {
    while ((await admin.call('GET', `${path}/targetgroupbindings`)).status === 404) await sleep(20);
  }
  const policies = '/apis/crd.projectcalico.org/v1/globalnetworkpolicies';
  while ((await admin.call('GET', policies)).status === 404) await sleep(20);
}

/** Installs what the Gateway API and its controller need, which few clusters serve. */
export async function installGatewayKinds(admin: AdminClient): Promise<void> {
  for (const kind of gatewayKinds) {
    await post(admin, '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', anyFields(kind));
  }
  for (const { group, version = 'v1', plural } of gatewayKinds)
    while ((await admin.call('GET', `/apis/${group}/${version}/${plural}`)).status === 404) await sleep(20);
}

/** Applies docs/rbac.yaml as it is shipped, and waits until the API server goes by it: its authorizer watches what is stored. */
export async function grantShippedRole(admin: AdminClient): Promise<void> {
  for (const text of roles.split(/^---$/m)) {
    const kind = /^kind: (\w+)$/m.exec(text)?.[1];
    await post(admin, `/apis/rbac.authorization.k8s.io/v1/${kind?.toLowerCase()}s`, text);
  }
  while (!(await mayListPods(admin))) await sleep(20);
}

async function mayListPods(admin: AdminClient): Promise<boolean> {
  const { body } = await admin.call('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: {
      user: 'auditor',
      groups: ['eks-nlb-auditor:viewers'],
      resourceAttributes: { verb: 'list', resource: 'pods' },
    },
  });
  return body.status.allowed;
}

async function post(admin: AdminClient, path: string, text: string): Promise<void> {
  const { status, body } = await admin.call('POST', path, text);
  if (status >= 300) throw new Error(`${path}: ${status} ${body.message ?? body}`);
}
