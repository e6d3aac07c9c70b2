import type { HealthCheck, LoadBalancer, SecurityGroup, SecurityGroupRule } from '../../core/model/aws.ts';
import { ingress, nodeSecurityGroup } from '../world/cluster.ts';
import type { Service, TargetGroupBinding } from '../world/kubernetes-object.ts';
import { objectsOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { ambiguityOf, endpointGroupOf, interfacesBehind } from './backend-rules.ts';
import { backendGroup } from './balancer-groups.ts';
import { failureOf } from './failure.ts';
import { Refusal } from './refusal.ts';
import { type BoundPort, boundPorts, isOwnBinding, portNumbers } from './target-group-binding.ts';

const sharedRule = 'elbv2.k8s.aws/targetGroupBinding=shared';

/**
 * LBC's rule for each protocol on the nodes' security group: from the shared backend group, lowest to highest port that any
 * binding needs; and the same on the groups of pods that are not under those of the node (aws-load-balancer-controller
 * pkg/networking/networking_manager.go). A binding for which it cannot choose a group is left out.
 */
export function writeSharedRule(world: World, cluster: WorldCluster): void {
  const all = objectsOf(cluster, 'TargetGroupBinding').filter((binding) => !isOwnBinding(binding));
  if (all.length === 0) {
    replaceRules(world, cluster, { description: sharedRule, rules: [] });
    return;
  }
  const bindings = all.filter(
    (binding) => !isHeldUp(cluster, binding) && ambiguityOf(world, cluster, binding) === undefined,
  );
  const ports = boundPorts(cluster, bindings);
  if (ports.length === 0) return;
  if (cluster.controllerFailures?.some(({ call, service }) => call === 'AuthorizeSecurityGroupIngress' && !service))
    return;
  const backend = backendGroup(world, cluster).id;
  const rulesFor = (seed: string, wanted: BoundPort[]): SecurityGroupRule[] =>
    [...Map.groupBy(wanted, ({ protocol, cidr }) => `${protocol} ${cidr ?? ''}`).values()].flatMap((own) => {
      const [{ protocol, cidr } = { protocol: 'TCP', cidr: undefined }] = own;
      const numbers = own.map(({ port }) => port);
      const common = { protocol: protocol.toLowerCase(), description: sharedRule };
      // Only what comes from the shared group is put together into one range.
      return cidr === undefined
        ? [
            ingress(`${seed}${protocol === 'TCP' ? '' : ` ${protocol}`}`, {
              ...common,
              fromPort: Math.min(...numbers),
              toPort: Math.max(...numbers),
              referencedGroupId: backend,
            }),
          ]
        : [...new Set(numbers)].map((port) =>
            ingress(`${seed} ${protocol} ${cidr} ${port}`, { ...common, fromPort: port, toPort: port, cidrIpv4: cidr }),
          );
    });
  replaceRules(world, cluster, {
    description: sharedRule,
    rules: rulesFor(`${cluster.cluster.name} shared backend`, ports),
  });
  for (const [group, members] of podGroups(world, cluster, bindings)) {
    const wanted = boundPorts(cluster, members);
    if (wanted.length > 0) replaceIn(group, sharedRule, rulesFor(`${group.name} shared backend`, wanted));
  }
}

/** Security groups of pods that are not those of the nodes, each with the bindings that have targets behind it. */
function podGroups(
  world: World,
  cluster: WorldCluster,
  bindings: TargetGroupBinding[],
): Map<SecurityGroup, TargetGroupBinding[]> {
  const nodes = nodeSecurityGroup(world, cluster);
  const pairs = bindings
    .filter(({ spec }) => spec.targetType === 'ip')
    .flatMap((binding) =>
      interfacesBehind(world, cluster, binding)
        .map((networkInterface) => endpointGroupOf(world, cluster, networkInterface))
        .flatMap((group) => (typeof group === 'string' || group === nodes ? [] : [{ group, binding }])),
    );
  return new Map(
    [...Map.groupBy(pairs, ({ group }) => group)].map(([group, own]) => [group, own.map(({ binding }) => binding)]),
  );
}

/** True where an error keeps the controller from writing this one binding's part of the rule. */
const isHeldUp = (cluster: WorldCluster, { metadata, spec }: TargetGroupBinding): boolean =>
  (['resolve pod ENI', 'AuthorizeSecurityGroupIngress'] as const).some(
    (call) =>
      failureOf(cluster, call, { namespace: metadata.namespace, name: spec.serviceRef.name }) !== undefined &&
      cluster.controllerFailures?.some((failure) => failure.call === call && failure.service),
  );

/** The rules that a person's binding asks for in `networking`, on the security groups of its targets; none without it. */
export function writeBindingRules(world: World, cluster: WorldCluster, binding: TargetGroupBinding): void {
  const { metadata, spec } = binding;
  const description = `elbv2.k8s.aws/targetGroupBinding=${metadata.namespace}/${metadata.name}`;
  const rules = (spec.networking?.ingress ?? []).flatMap(({ from, ports }) =>
    from.flatMap(({ securityGroup, ipBlock }) =>
      ports
        .flatMap(({ port, protocol = 'TCP' }) =>
          portNumbers(cluster, port).map((number) => ({ port: number, protocol })),
        )
        .map(({ port, protocol }) =>
          ingress(`${description} ${securityGroup?.groupID ?? ipBlock?.cidr} ${port}`, {
            protocol: protocol.toLowerCase(),
            fromPort: port,
            toPort: port,
            ...(securityGroup && { referencedGroupId: securityGroup.groupID }),
            ...(ipBlock && { cidrIpv4: ipBlock.cidr }),
            description,
          }),
        ),
    ),
  );
  const behind = interfacesBehind(world, cluster, binding)
    .map((networkInterface) => endpointGroupOf(world, cluster, networkInterface))
    .filter((group) => typeof group !== 'string');
  const groups = behind.length > 0 ? new Set(behind) : [nodeSecurityGroup(world, cluster)];
  for (const group of groups) replaceIn(group, description, rules);
}

/** True when the shared rule covers every port that the binding wants open. */
export function isAdmitted(world: World, cluster: WorldCluster, binding: TargetGroupBinding): boolean {
  if (isOwnBinding(binding)) return true;
  const shared = nodeSecurityGroup(world, cluster).rules.filter(({ description }) => description === sharedRule);
  return boundPorts(cluster, [binding]).every(({ protocol, port }) =>
    shared.some((rule) => rule.protocol === protocol.toLowerCase() && rule.fromPort <= port && port <= rule.toPort),
  );
}

/** What cloud-provider-aws has made of a Service. */
interface Deployed {
  service: Service;
  loadBalancer: LoadBalancer;
  healthCheck: HealthCheck;
}

/**
 * The rules that cloud-provider-aws writes for a load balancer without security groups: clients to the NodePorts, the
 * load balancer's subnets to the health-check port, unless clients may go there anyway (aws_loadbalancer.go,
 * updateInstanceSecurityGroupsForNLB).
 */
export function writeLoadBalancerRules(
  world: World,
  cluster: WorldCluster,
  { service, loadBalancer, healthCheck }: Deployed,
): void {
  const client = `${clientRule}=${loadBalancer.name}`;
  const health = `kubernetes.io/rule/nlb/health=${loadBalancer.name}`;
  const { ports } = service.spec;
  const checked = healthCheck.port === 'traffic-port' ? ports[0]?.nodePort : Number(healthCheck.port);
  const ranges = service.spec.loadBalancerSourceRanges ?? [];
  const subnets = world.subnets.filter(({ id }) => loadBalancer.zones.some(({ subnetId }) => subnetId === id));
  const isCovered =
    ranges.length === 0 && ports.some(({ nodePort, protocol }) => nodePort === checked && protocol === 'TCP');
  // The rules for health checks come first (updateInstanceSecurityGroupsForNLB).
  authorize(world, cluster, {
    description: health,
    rules: isCovered
      ? []
      : subnets.map(({ cidr }) =>
          ingress(`${health} ${cidr}`, {
            fromPort: checked ?? 0,
            toPort: checked ?? 0,
            cidrIpv4: cidr,
            description: health,
          }),
        ),
  });
  authorize(world, cluster, {
    description: client,
    rules: ports.flatMap(({ nodePort: port = 0, protocol }) => {
      const rule = { protocol: protocol.toLowerCase(), fromPort: port, toPort: port, description: client };
      return ranges.length === 0
        ? [ingress(`${client} ${port}`, { ...rule, cidrIpv4: '0.0.0.0/0' })]
        : ranges.map((cidr) => ingress(`${client} ${port} ${cidr}`, { ...rule, cidrIpv4: cidr }));
    }),
  });
  // One rule for each range that clients of any load balancer come from: ICMP type 3 code 4, "fragmentation needed".
  const open = nodeSecurityGroup(world, cluster).rules.filter(({ description }) => description?.includes(clientRule));
  authorize(world, cluster, {
    description: mtuRule,
    rules: [...new Set(open.flatMap(({ cidrIpv4 }) => cidrIpv4 ?? []))].map((cidr) =>
      ingress(`${cluster.cluster.name} ${mtuRule} ${cidr}`, {
        protocol: 'icmp',
        fromPort: 3,
        toPort: 4,
        cidrIpv4: cidr,
        description: mtuRule,
      }),
    ),
  });
}

const clientRule = 'kubernetes.io/rule/nlb/client';
const mtuRule = 'kubernetes.io/rule/nlb/mtu';

/** Inbound rules that a security group takes by default (VPC user guide, "Amazon VPC quotas"). */
const rulesPerGroup = 60;

/** AuthorizeSecurityGroupIngress takes all rules of a call or none. */
function authorize(
  world: World,
  cluster: WorldCluster,
  wanted: { description: string; rules: SecurityGroupRule[] },
): void {
  const others = nodeSecurityGroup(world, cluster).rules.filter(
    ({ egress, description }) => !egress && description !== wanted.description,
  );
  if (wanted.rules.length > 0 && others.length + wanted.rules.length > rulesPerGroup) {
    throw Refusal.ofDeploy(
      'ccm',
      'error authorizing security group ingress: "operation error EC2: AuthorizeSecurityGroupIngress, https response ' +
        'error StatusCode: 400, api error RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security ' +
        'group has been reached."',
    );
  }
  replaceRules(world, cluster, wanted);
}

function replaceRules(
  world: World,
  cluster: WorldCluster,
  { description, rules }: { description: string; rules: SecurityGroupRule[] },
): void {
  replaceIn(nodeSecurityGroup(world, cluster), description, rules);
}

/** The rules take the place of the former ones, so that writing the same again changes nothing. */
function replaceIn(group: SecurityGroup, description: string, rules: SecurityGroupRule[]): void {
  const first = group.rules.findIndex((rule) => rule.description === description);
  const others = group.rules.filter((rule) => rule.description !== description);
  group.rules = others.toSpliced(first < 0 ? others.length : first, 0, ...rules);
}
