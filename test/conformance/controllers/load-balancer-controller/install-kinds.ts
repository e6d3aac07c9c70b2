import { setTimeout as sleep } from 'node:timers/promises';
import type { AdminClient } from '../../kubernetes/admin-client.ts';

interface Kind {
  group: string;
  version: string;
  kind: string;
  plural: string;
  scope: 'Cluster' | 'Namespaced';
  /** Types of the conditions that a new object has, as unknown; the controller changes those that are there. */
  pending?: string[];
}

const gatewayApi = { group: 'gateway.networking.k8s.io', version: 'v1', scope: 'Namespaced' } as const;
const configuration = { group: 'gateway.k8s.aws', version: 'v1', scope: 'Namespaced' } as const;

/** Kinds that the controller watches, beside TargetGroupBinding; it serves Gateways where all of the second block are there. */
const kinds: Kind[] = [
  {
    group: 'elbv2.k8s.aws',
    version: 'v1beta1',
    kind: 'IngressClassParams',
    plural: 'ingressclassparams',
    scope: 'Cluster',
  },

  { ...gatewayApi, kind: 'GatewayClass', plural: 'gatewayclasses', scope: 'Cluster', pending: ['Accepted'] },
  { ...gatewayApi, kind: 'Gateway', plural: 'gateways', pending: ['Accepted', 'Programmed'] },
  { ...gatewayApi, kind: 'TCPRoute', plural: 'tcproutes' },
  { ...gatewayApi, kind: 'UDPRoute', plural: 'udproutes' },
  { ...gatewayApi, kind: 'TLSRoute', plural: 'tlsroutes' },
  { ...gatewayApi, version: 'v1beta1', kind: 'ReferenceGrant', plural: 'referencegrants' },
  { ...configuration, kind: 'TargetGroupConfiguration', plural: 'targetgroupconfigurations' },
  { ...configuration, kind: 'LoadBalancerConfiguration', plural: 'loadbalancerconfigurations' },
  { ...configuration, kind: 'ListenerRuleConfiguration', plural: 'listenerruleconfigurations' },
];

const waiting = {
  status: 'Unknown',
  reason: 'Pending',
  message: 'Waiting for controller',
  lastTransitionTime: '1970-01-01T00:00:00Z',
};

/** Installs definitions that take every field: what the controller makes of values that they would refuse is not of interest. */
export async function installKinds(admin: AdminClient): Promise<void> {
  for (const kind of kinds) {
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const { status, body } = await admin.call('POST', path, definitionOf(kind));
    if (status >= 300) throw new Error(`${kind.plural}: ${status} ${body.message}`);
  }
  for (const { group, version, plural } of kinds)
    while ((await admin.call('GET', `/apis/${group}/${version}/${plural}`)).status === 404) await sleep(20);
}

function definitionOf({ group, version, kind, plural, scope, pending }: Kind): object {
  const anyFields = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const conditions = pending?.map((type) => ({ ...waiting, type }));
  const openAPIV3Schema = {
    ...anyFields,
    ...(conditions && { properties: { status: { ...anyFields, default: { conditions } } } }),
  };
  return {
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
      versions: [
        { name: version, served: true, storage: true, subresources: { status: {} }, schema: { openAPIV3Schema } },
      ],
    },
  };
}
