import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';

const healthCheck = z.object({
  HealthCheckProtocol: z.enum(['TCP', 'HTTP', 'HTTPS']),
  HealthCheckPort: z.string(),
  HealthCheckPath: z.string().nullable(),
  HealthCheckIntervalSeconds: z.number(),
  HealthCheckTimeoutSeconds: z.number(),
  HealthyThresholdCount: z.number(),
  UnhealthyThresholdCount: z.number(),
  Matcher: z.string().nullable(),
});

const text = z.record(z.string(), z.string());
const target = z.object({ id: z.string(), port: z.number() });

const targetGroup = z.object({
  name: z.string(),
  protocol: z.string(),
  port: z.number(),
  targetType: z.enum(['instance', 'ip']),
  ipAddressType: z.enum(['ipv4', 'ipv6']).default('ipv4'),
  healthCheck,
  attributes: text,
  tags: text,
  targets: z.array(target),
});

const loadBalancer = z.object({
  name: z.string(),
  scheme: z.string().nullable(),
  ipAddressType: z.string(),
  /** Names. */
  securityGroups: z.array(z.string()),
  tags: text,
  listeners: z.array(z.object({ protocol: z.string(), port: z.number(), alpnPolicy: z.array(z.string()).optional() })),
});

/** What AWS has; where the shape of the load balancer was not recorded the list is empty. */
const aws = z.object({ loadBalancers: z.array(loadBalancer), targetGroups: z.array(targetGroup) });

const event = z.object({
  kind: z.string(),
  name: z.string(),
  type: z.enum(['Normal', 'Warning']),
  reason: z.string(),
  message: z.string(),
  count: z.number(),
});

const rule = z.object({
  way: z.enum(['in', 'out']),
  proto: z.string(),
  ports: z.string(),
  from: z.string(),
  description: z.string().nullable(),
});

const peer = z.object({
  securityGroup: z.object({ groupID: z.string() }).optional(),
  ipBlock: z.object({ cidr: z.string() }).optional(),
});
const bindingSpec = z.object({
  targetGroupARN: z.string().optional(),
  targetGroupName: z.string().optional(),
  targetType: z.enum(['instance', 'ip']).optional(),
  targetGroupProtocol: z.string().optional(),
  serviceRef: z.object({ name: z.string(), port: z.union([z.number(), z.string()]) }),
  ipAddressType: z.enum(['ipv4', 'ipv6']).optional(),
  networking: z
    .object({
      ingress: z.array(
        z.object({
          from: z.array(peer),
          ports: z.array(z.object({ protocol: z.string(), port: z.union([z.number(), z.string()]) })),
        }),
      ),
    })
    .optional(),
  nodeSelector: z.object({ matchLabels: text }).optional(),
});
const binding = z.object({
  name: z.string(),
  labels: text.nullish(),
  annotations: text.nullish(),
  spec: bindingSpec,
});

const servicePort = z.object({
  name: z.string().optional(),
  port: z.number(),
  targetPort: z.union([z.number(), z.string()]),
  protocol: z.enum(['TCP', 'UDP']),
  nodePort: z.number().optional(),
});
const policy = z.enum(['Cluster', 'Local']);
const families = z.array(z.enum(['IPv4', 'IPv6']));

/** A Service on a live target group, one annotation changed. */
const change = z.object({
  kind: z.string(),
  annotations: text,
  serviceSpec: z.object({
    loadBalancerClass: z.string(),
    externalTrafficPolicy: policy,
    healthCheckNodePort: z.number().nullable(),
    ports: z.array(servicePort),
  }),
  before: aws,
  after: aws,
  events: z.array(event),
  targetGroupBindings: z.array(binding),
});

const pod = z.object({
  gates: z.array(z.string()),
  /** Those of gates. */
  conditions: z.array(
    z.object({ type: z.string(), status: z.string(), reason: z.string().default(''), message: z.string().default('') }),
  ),
  hasServerId: z.boolean(),
});

/** A Service of some shape, made where there was nothing. */
const service = z.object({
  annotations: text,
  service: z.object({
    spec: z.object({
      type: z.string(),
      loadBalancerClass: z.string().optional(),
      externalTrafficPolicy: policy.optional(),
      healthCheckNodePort: z.number().optional(),
      loadBalancerSourceRanges: z.array(z.string()).optional(),
      allocateLoadBalancerNodePorts: z.boolean().optional(),
      ipFamilies: families.optional(),
      ports: z.array(servicePort),
    }),
    finalizers: z.array(z.string()).nullable(),
  }),
  aws,
  events: z.array(event),
  targetGroupBindings: z.array(binding),
  nodeRules: z.array(rule),
  /** What the webhooks and the controller put into the pods behind it. */
  pods: z.array(pod).optional(),
});

/** What cloud-provider-aws made of a Service. */
const cloudProviderService = z.object({
  annotations: text,
  extra: z.object({
    externalTrafficPolicy: policy.optional(),
    loadBalancerSourceRanges: z.array(z.string()).optional(),
    loadBalancerClass: z.string().optional(),
  }),
  first: z.object({ aws, events: z.array(event), nodePorts: z.array(z.number()) }),
});

type Row = [name: string, check: (string | number | null)[], targets: number];
const row = z.custom<Row>((value) => Array.isArray(value) && value.length === 3 && Array.isArray(value[1]));
/** A change on a live Service of cloud-provider-aws: name of the group, health check and number of targets. */
const cloudProviderChange = z.object({
  change: z.union([z.string(), text]),
  before: z.array(row),
  after: z.array(row),
  events: z.array(event),
});

const fault = z.object({ action: z.string(), code: z.string() });
/** AWS refuses one action of the controller. */
const refusal = z.object({ fault, events: z.array(event), targetGroupBindings: z.array(z.unknown()) });

const gateway = z.object({ aws, events: z.array(event), targetGroupBindings: z.array(binding) });
const ownBinding = z.object({
  create: z.number(),
  answer: z.string().nullable(),
  spec: bindingSpec.nullable(),
  events: z.array(event),
});
const securityGroups = z.object({
  events: z.array(event),
  targets: z.array(target),
  'rules-node-sg': z.array(rule).optional(),
});

const registered = z.record(z.string(), z.boolean());
const nodesRecord = z.object({ 'nodes-registered': registered, 'nodes-events': z.array(event) });

/** What was there after each step; a list alone is the rules. */
const healed = z.union([
  z.array(rule).transform((shared) => ({ shared, targets: undefined })),
  z.object({ shared: z.array(rule).optional(), targets: z.number() }),
]);

const inTurnGroup = z.union([
  z.tuple([z.string(), z.string(), z.array(target)]),
  z.tuple([z.string(), z.number()]),
  z.tuple([z.string(), z.number(), z.array(target)]),
  z.tuple([z.string(), healthCheck, z.array(target)]),
]);
const inTurn = z.object({
  tg: z.string().optional(),
  hc: healthCheck.optional(),
  targets: z.array(target).optional(),
  tgs: z.array(inTurnGroup).optional(),
  shared: z.array(rule).optional(),
});

export type RecordedHealthCheck = z.infer<typeof healthCheck>;
export type RecordedAws = z.infer<typeof aws>;
export type RecordedEvent = z.infer<typeof event>;
export type RecordedBinding = z.infer<typeof binding>;
export type RecordedPort = z.infer<typeof servicePort>;
export type Change = z.infer<typeof change>;
export type ServiceRecord = z.infer<typeof service>;
export type CloudProviderService = z.infer<typeof cloudProviderService>;
export type Refusal = z.infer<typeof refusal>;

/** The records of one file in `data/`, by name; throws where one has another shape. */
function read<Shape extends z.ZodType>(file: string, shape: Shape): [name: string, record: z.infer<Shape>][] {
  const parsed: unknown = JSON.parse(readFileSync(new URL(`data/${file}.json`, import.meta.url), 'utf8'));
  return Object.entries(z.record(z.string(), shape).parse(parsed));
}

export const changes = read('lbc-3.5.0-changes', change);

/** What was made of one Service by one release, and where it stood. */
export interface RecordedService {
  /** `file/record`, as in `data/`. */
  id: string;
  name: string;
  release: string;
  cluster: string;
  namespace: string;
  /** True where the network had IPv6 beside IPv4. */
  hasIpv6: boolean;
  record: ServiceRecord;
}

/** Those of the first recording, each in a namespace of its own, and those that `record.ts` of the conformance tests made. */
export const services: RecordedService[] = [
  ...read('lbc-3.5.0-services', service).map(([name, record]) => ({
    id: `lbc-3.5.0-services/${name}`,
    name,
    release: '3.5.0',
    cluster: 'prod',
    namespace: `b-${name}`,
    hasIpv6: false,
    record,
  })),
  ...readdirSync(new URL('data/', import.meta.url)).flatMap((file) => {
    const [, release] = /^lbc-([0-9.]+)-recorded\.json$/.exec(file) ?? [];
    if (release === undefined) return [];
    return read(`lbc-${release}-recorded`, service).map(([name, record]) => ({
      id: `lbc-${release}-recorded/${name}`,
      name,
      release,
      cluster: 'shop',
      namespace: 'live',
      hasIpv6: true,
      record,
    }));
  }),
];
export const refusals = read('lbc-3.5.0-refusals', refusal);
export const gateways = read('lbc-3.5.0-gateways', gateway);
export const bindings = read('lbc-3.5.0-bindings', z.union([ownBinding, z.array(rule)])).flatMap(([name, record]) =>
  Array.isArray(record) ? [] : [[name, record] as const],
);
export const severalGroups = read('lbc-3.5.0-security-groups', securityGroups);
/** Names of what was done to one node, and whether it was a target afterwards. */
export const nodes = Object.entries(
  nodesRecord.parse(JSON.parse(readFileSync(new URL('data/lbc-3.5.0-nodes.json', import.meta.url), 'utf8')))[
    'nodes-registered'
  ],
);
export const healing = new Map(read('lbc-3.5.0-healing', healed));
export const changesInTurn = new Map(read('lbc-3.5.0-changes-in-turn', inTurn));
export const cloudProviderChanges = read(
  'ccm-1.36.2-changes',
  z.union([cloudProviderChange, z.array(z.unknown())]),
).flatMap(([name, record]) => (Array.isArray(record) ? [] : [[name, record] as const]));
export const cloudProviderServices = read('ccm-1.36.2-services', cloudProviderService);
