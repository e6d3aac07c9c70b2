import * as z from 'zod';
import { type PolicyKind, policyKinds } from '../../config/policy-kinds.ts';
import type {
  CalicoRule,
  CiliumRule,
  EnginePolicy,
  OtherPolicy,
} from '../../core/model/custom-resources/engine-policy.ts';
import type { ObjectMeta } from '../../core/model/kubernetes.ts';
import { known } from '../aws/known.ts';
import { selectorOf } from './label-selector.ts';
import { flag, labelSelector, listOf, metadata, number, portNumberOrName, text } from './shapes.ts';

/** One kind of a network engine, and how an object of it is kept; several for one with several specs. */
export interface EngineKind extends PolicyKind, Reader {}

interface Reader {
  shape: z.ZodType<{ metadata: z.output<typeof metadata> }>;
  keep(raw: never, metadata: ObjectMeta, resource: string): EnginePolicy[];
}

const texts = listOf(z.string());
/** Names of the fields of an object that are set beside those given. */
const beside = (given: object | null | undefined, ...names: string[]): string[] =>
  Object.entries(given ?? {}).flatMap(([name, value]) => (names.includes(name) || value == null ? [] : [name]));

const reader = <Shape extends z.ZodType<{ metadata: z.output<typeof metadata> }>>(
  shape: Shape,
  keep: (raw: z.output<Shape>, metadata: ObjectMeta, resource: string) => EnginePolicy[],
): Reader => ({ shape, keep: keep as Reader['keep'] });

const clusterPolicy = z.object({
  metadata,
  spec: z.object({
    tier: text,
    priority: number,
    subject: z.object({
      namespaces: labelSelector.nullish(),
      pods: z.object({ namespaceSelector: labelSelector.nullish(), podSelector: labelSelector.nullish() }).nullish(),
    }),
    ingress: listOf(
      z.object({
        action: z.string(),
        from: listOf(z.looseObject({ networks: texts })),
        ports: listOf(
          z.object({
            portNumber: z.object({ protocol: text, port: number }).nullish(),
            portRange: z.object({ protocol: text, start: number, end: number }).nullish(),
            namedPort: text,
          }),
        ),
      }),
    ),
  }),
});

const calicoRule = z.looseObject({
  action: z.string(),
  protocol: portNumberOrName.nullish(),
  source: z
    .looseObject({
      nets: texts,
      notNets: texts,
      selector: text,
      namespaceSelector: text,
      serviceAccounts: z.looseObject({}).nullish(),
    })
    .nullish(),
  destination: z.looseObject({ ports: listOf(portNumberOrName) }).nullish(),
});

const calicoPolicy = z.object({
  metadata,
  spec: z.looseObject({
    tier: text,
    order: number,
    selector: text,
    namespaceSelector: text,
    types: texts,
    ingress: listOf(calicoRule),
    egress: listOf(z.unknown()),
  }),
});

const ruleOfCalico = ({ source, destination, ...rule }: z.output<typeof calicoRule>): CalicoRule =>
  known({
    action: rule.action,
    protocol: rule.protocol === null || rule.protocol === undefined ? undefined : String(rule.protocol),
    nets: source?.nets ?? [],
    notNets: source?.notNets ?? [],
    bySelector: [source?.selector, source?.namespaceSelector].some(Boolean) || source?.serviceAccounts != null,
    ports: (destination?.ports ?? []).map(String),
    others: [
      ...beside(rule, 'action', 'protocol', 'metadata'),
      ...beside(source, 'nets', 'notNets', 'selector', 'namespaceSelector', 'serviceAccounts'),
      ...beside(destination, 'ports'),
    ],
  });

const ofCalico = reader(calicoPolicy, ({ spec }, meta, resource) => [
  {
    kind: 'CalicoPolicy',
    resource,
    metadata: meta,
    spec: known({
      tier: spec.tier ?? 'default',
      order: spec.order,
      selector: spec.selector ?? '',
      namespaceSelector: spec.namespaceSelector,
      types: spec.types ?? (spec.egress == null || spec.ingress != null ? ['Ingress'] : ['Egress']),
      ingress: (spec.ingress ?? []).map(ruleOfCalico),
      others: beside(
        spec,
        'tier',
        'order',
        'selector',
        'namespaceSelector',
        'types',
        'ingress',
        'egress',
        'performanceHints',
      ).filter((name) => spec[name] !== false && spec[name] !== ''),
    }),
  },
]);

const networkSet = reader(
  z.object({ metadata, spec: z.object({ nets: texts }).nullish() }),
  ({ spec }, meta, resource) => [
    { kind: 'CalicoNetworkSet', resource, metadata: meta, spec: { nets: spec?.nets ?? [] } },
  ],
);

const ciliumRule = z.looseObject({
  fromEntities: texts,
  fromCIDR: texts,
  fromCIDRSet: listOf(z.looseObject({ cidr: text, except: texts })),
  fromEndpoints: listOf(labelSelector),
  toPorts: listOf(
    z.looseObject({
      ports: listOf(z.object({ port: portNumberOrName.nullish(), endPort: number, protocol: text })),
    }),
  ),
});

const ciliumSpec = z.object({
  endpointSelector: labelSelector.nullish(),
  ingress: listOf(ciliumRule),
  ingressDeny: listOf(ciliumRule),
  enableDefaultDeny: z.object({ ingress: flag }).nullish(),
});

/** Endpoints by label are pods, but for those that name what Cilium reserves. */
function ruleOfCilium(rule: z.output<typeof ciliumRule>): CiliumRule {
  const sets = rule.fromCIDRSet ?? [];
  const sources = beside(rule, 'toPorts', 'icmps', 'authentication');
  return {
    entities: rule.fromEntities ?? [],
    cidrs: [
      ...(rule.fromCIDR ?? []).map((cidr) => ({ cidr, except: [] })),
      ...sets.flatMap(({ cidr, except }) => (cidr ? [{ cidr, except: except ?? [] }] : [])),
    ],
    hasSources: sources.length > 0,
    ports: (rule.toPorts ?? []).flatMap(({ ports }) =>
      (ports ?? []).map((each) =>
        known({ port: String(each.port ?? 0), endPort: each.endPort, protocol: each.protocol }),
      ),
    ),
    others: [
      ...beside(rule, 'fromEntities', 'fromCIDR', 'fromCIDRSet', 'fromEndpoints', 'toPorts'),
      ...sets.flatMap((set) => beside(set, 'cidr', 'except')),
      ...(rule.fromEndpoints ?? []).flatMap((selector) =>
        /reserved/.test(JSON.stringify(selector)) ? ['fromEndpoints'] : [],
      ),
      ...(rule.toPorts ?? []).flatMap((each) => beside(each, 'ports')),
    ],
  };
}

const ofCilium = reader(
  z.object({ metadata, spec: ciliumSpec.nullish(), specs: listOf(ciliumSpec) }),
  ({ spec, specs }, meta, resource) =>
    [...(spec ? [spec] : []), ...(specs ?? [])].map((each) => ({
      kind: 'CiliumPolicy',
      resource,
      metadata: meta,
      spec: known({
        endpointSelector: each.endpointSelector ? selectorOf(each.endpointSelector) : undefined,
        ingress: each.ingress?.map(ruleOfCilium),
        ingressDeny: each.ingressDeny?.map(ruleOfCilium),
        defaultDeny: each.enableDefaultDeny?.ingress !== false,
      }),
    })),
);

const other = reader(z.object({ metadata }), (_, meta, resource): OtherPolicy[] => [
  { kind: 'OtherPolicy', resource, metadata: meta, spec: {} },
]);

const ofVpcCni = reader(clusterPolicy, ({ spec }, meta, resource) => [
  {
    kind: 'ClusterNetworkPolicy',
    resource,
    metadata: meta,
    spec: {
      tier: spec.tier ?? 'Admin',
      priority: spec.priority ?? 0,
      subject: known({
        namespaces: spec.subject.namespaces ? selectorOf(spec.subject.namespaces) : undefined,
        pods: spec.subject.pods
          ? {
              namespaceSelector: selectorOf(spec.subject.pods.namespaceSelector),
              podSelector: selectorOf(spec.subject.pods.podSelector),
            }
          : undefined,
      }),
      ingress: (spec.ingress ?? []).map(({ action, from, ports }) => ({
        action,
        networks: (from ?? []).flatMap(({ networks }) => networks ?? []),
        others: (from ?? []).flatMap((peer) => beside(peer, 'networks', 'namespaces', 'pods')),
        ports: (ports ?? []).map(({ portNumber, portRange, namedPort }) =>
          known({
            protocol: portNumber?.protocol ?? portRange?.protocol,
            port: portNumber?.port ?? portRange?.start,
            endPort: portRange?.end,
            name: namedPort,
          }),
        ),
      })),
    },
  },
]);

const tier = reader(
  z.object({ metadata, spec: z.object({ order: number, defaultAction: text }).nullish() }),
  ({ spec }, meta, resource) => [
    {
      kind: 'CalicoTier',
      resource,
      metadata: meta,
      spec: known({ order: spec?.order, defaultAction: spec?.defaultAction ?? 'Deny' }),
    },
  ],
);

/** By resource and group; of every other kind it is enough that there is one. */
const readers: Record<string, Reader> = {
  'clusternetworkpolicies.networking.k8s.aws': ofVpcCni,
  'globalnetworkpolicies.crd.projectcalico.org': ofCalico,
  'networkpolicies.crd.projectcalico.org': ofCalico,
  'tiers.crd.projectcalico.org': tier,
  'globalnetworksets.crd.projectcalico.org': networkSet,
  'networksets.crd.projectcalico.org': networkSet,
  'ciliumnetworkpolicies.cilium.io': ofCilium,
  'ciliumclusterwidenetworkpolicies.cilium.io': ofCilium,
};

/** How each kind of config/policy-kinds.ts is read. */
export const engineKinds: EngineKind[] = policyKinds.map((kind) => ({
  ...kind,
  ...(readers[`${kind.resource}.${kind.group}`] ?? other),
}));
