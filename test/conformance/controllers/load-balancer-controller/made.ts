import type { Facts } from '../../../../core/model/facts.ts';
import { clusterOf } from '../../../../lab/world/cluster.ts';
import type { BindingNetworking } from '../../../../lab/world/kubernetes-object.ts';
import { objectsOf } from '../../../../lab/world/object.ts';
import type { World } from '../../../../lab/world/world.ts';
import { withoutDetails } from '../../../records/complaint.ts';
import type { LiveAudit } from '../audit-live.ts';
import { forwarded } from '../mirror.ts';

/** What the AWS Load Balancer Controller made, without names that differ from side to side. */
export interface Made {
  targetGroups: object[];
  listeners: string[];
  /** What the security groups of its load balancers are for, and who is let in by those that it made itself. */
  securityGroups: string[];
  /** The rules that it wrote for its targets. */
  rules: string[];
  bindings: string[];
  complaints: string[];
}

/** Aspects of what was made, in the order in which they are compared. */
export const aspects = ['targetGroups', 'listeners', 'securityGroups', 'rules', 'bindings', 'complaints'] as const;

type Resources = Pick<
  Facts['slices'],
  'listeners' | 'loadBalancers' | 'securityGroups' | 'targetGroups' | 'targetHealth'
>;
type SecurityGroup = Resources['securityGroups'][number];

/** Attributes whose defaults are the same in moto and in Elastic Load Balancing. */
const attributes = [
  'proxy_protocol_v2.enabled',
  'preserve_client_ip.enabled',
  'deregistration_delay.timeout_seconds',
  'stickiness.enabled',
];

/** What is in the world of the lab. */
export function madeByLab(world: World): Made {
  const cluster = clusterOf(world, 'shop');
  return {
    ...resourcesMade(world),
    bindings: objectsOf(cluster, 'TargetGroupBinding')
      .map(({ spec }) => formatBinding(spec.targetType, (spec.networking?.ingress ?? []).flatMap(asked)))
      .toSorted(),
    complaints: complaintsIn(
      objectsOf(cluster, 'Event').map((event) => ({ ...event, regarding: event.involvedObject, note: event.message })),
    ),
  };
}

/** What the product read of the live cluster; events of what is gone stay there for an hour. */
export function madeLive({ facts: { slices } }: LiveAudit): Made {
  const there = new Set([...slices.services, ...slices.targetGroupBindings].map(({ metadata }) => metadata.uid));
  return {
    ...resourcesMade(slices),
    bindings: slices.targetGroupBindings
      .map(({ spec }) =>
        formatBinding(
          spec.targetType,
          (spec.networking?.ingress ?? []).flatMap(({ from, ports }) =>
            ports.flatMap(({ protocol = '', port }) =>
              from.map(({ cidr }) => `${protocol} ${port} from ${cidr ?? 'shared'}`),
            ),
          ),
        ),
      )
      .toSorted(),
    complaints: complaintsIn(
      slices.events
        .filter(({ regarding }) => there.has(regarding.uid ?? ''))
        // The API server itself complains of addresses that it has not written down yet.
        .filter(({ reportingController }) => reportingController !== 'ipallocator-repair-controller'),
    ),
  };
}

const asked = ({ from, ports }: BindingNetworking['ingress'][number]): string[] =>
  ports.flatMap(({ protocol, port }) =>
    from.map(({ ipBlock }) => `${protocol} ${port} from ${ipBlock?.cidr ?? 'shared'}`),
  );

const formatBinding = (targetType: string | undefined, ingress: string[]): string =>
  `${targetType}: ${ingress.toSorted().join('; ')}`;

interface Complaint {
  type?: string;
  reason?: string;
  note?: string;
  regarding: { kind?: string };
}

const complaintsIn = (events: Complaint[]): string[] =>
  [
    ...new Set(
      events
        .filter(({ type, regarding: { kind = '' } }) => type === 'Warning' && involved.includes(kind))
        .map(({ regarding, reason, note }) => withoutDetails(`${regarding.kind} ${reason}: ${note}`)),
    ),
  ].toSorted();

const involved = ['Service', 'TargetGroupBinding', 'Gateway'];

function resourcesMade(resources: Resources): Omit<Made, 'bindings' | 'complaints'> {
  const isOwn = ({ tags }: { tags: Record<string, string> }) => tags['elbv2.k8s.aws/cluster'] === 'shop';
  const balancers = resources.loadBalancers.filter(isOwn);
  const groupOf = (id: string) => resources.securityGroups.find((group) => group.id === id);
  const sourceOf = (rule: SecurityGroup['rules'][number]): string =>
    rule.referencedGroupId === undefined
      ? `${rule.cidrIpv4 ?? rule.cidrIpv6}`
      : kindOf(groupOf(rule.referencedGroupId)?.name ?? '');
  const format = (rule: SecurityGroup['rules'][number]): string =>
    `${rule.protocol} ${rule.fromPort}-${rule.toPort} from ${sourceOf(rule)}`;
  return {
    targetGroups: resources.targetGroups
      .filter(isOwn)
      .map((group) => ({
        protocol: group.protocol,
        port: group.port,
        targetType: group.targetType,
        ipAddressType: group.ipAddressType,
        healthCheck: forwarded(group.healthCheck),
        attributes: Object.fromEntries(attributes.map((key) => [key, group.attributes[key]])),
        tags: group.tags,
        targets: resources.targetHealth
          .filter(({ targetGroupArn, state }) => targetGroupArn === group.arn && state !== 'draining')
          .map(({ id, port }) => `${id}:${port}`)
          .toSorted(),
      }))
      .toSorted((a, b) => a.port - b.port),
    listeners: resources.listeners
      .filter(({ loadBalancerArn }) => balancers.some(({ arn }) => arn === loadBalancerArn))
      .map(({ protocol, port }) => `${protocol} ${port}`)
      .toSorted(),
    securityGroups: balancers
      .flatMap(({ securityGroups }) => securityGroups)
      .flatMap((id) => groupOf(id) ?? [])
      .map(({ name, rules }) => {
        const admitted = rules.filter(({ egress }) => !egress).map(format);
        return kindOf(name) === 'own' ? `own: ${admitted.toSorted().join('; ')}` : kindOf(name);
      })
      .toSorted(),
    rules: resources.securityGroups
      .flatMap(({ rules }) => rules)
      .filter(({ description }) => description?.startsWith('elbv2.k8s.aws/targetGroupBinding='))
      .map(format)
      .toSorted(),
  };
}

/** Groups are named by a hash; what they are for is in the name before it. */
function kindOf(name: string): string {
  if (name.startsWith('k8s-traffic-')) return 'shared';
  return name.startsWith('k8s-') ? 'own' : name;
}
