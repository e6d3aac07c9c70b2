import type { HealthCheck, LoadBalancer, SecurityGroupRule } from '../../core/aws.ts';
import type { ServicePort } from '../../core/kubernetes.ts';
import { privateSubnets } from '../account.ts';
import { ingress, nodeSecurityGroup } from '../cluster.ts';
import type { KubernetesObject, World, WorldCluster } from '../world.ts';
import { backendGroup } from './load-balancer.ts';
import { boundPorts } from './target-group-binding.ts';

const sharedRule = 'elbv2.k8s.aws/targetGroupBinding=shared';

/**
 * LBC's one rule on the nodes' security group: from the shared backend group, lowest to highest port that any binding
 * needs (aws-load-balancer-controller pkg/networking/networking_manager.go).
 */
export function writeSharedRule(world: World, cluster: WorldCluster): void {
  const ports = boundPorts(cluster);
  if (ports.length === 0) return;
  const rule = ingress(`${cluster.cluster.name} shared backend`, {
    fromPort: Math.min(...ports),
    toPort: Math.max(...ports),
    referencedGroupId: backendGroup(world, cluster).id,
    description: sharedRule,
  });
  replaceRules(world, cluster, { description: sharedRule, rules: [rule] });
}

/** What cloud-provider-aws has made of a Service. */
interface Deployed {
  service: KubernetesObject;
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
  const client = `kubernetes.io/rule/nlb/client=${loadBalancer.name}`;
  const health = `kubernetes.io/rule/nlb/health=${loadBalancer.name}`;
  const nodePorts: (number | undefined)[] = service['spec'].ports.map(({ nodePort }: ServicePort) => nodePort);
  const checked = healthCheck.port === 'traffic-port' ? undefined : Number(healthCheck.port);
  replaceRules(world, cluster, {
    description: client,
    rules: nodePorts.map((port = 0) =>
      ingress(`${client} ${port}`, { fromPort: port, toPort: port, cidrIpv4: '0.0.0.0/0', description: client }),
    ),
  });
  replaceRules(world, cluster, {
    description: health,
    rules:
      checked === undefined || nodePorts.includes(checked)
        ? []
        : privateSubnets(world).map(({ cidr }) =>
            ingress(`${health} ${cidr}`, {
              fromPort: checked,
              toPort: checked,
              cidrIpv4: cidr,
              description: health,
            }),
          ),
  });
}

function replaceRules(
  world: World,
  cluster: WorldCluster,
  { description, rules }: { description: string; rules: SecurityGroupRule[] },
): void {
  const group = nodeSecurityGroup(world, cluster);
  group.rules = [...group.rules.filter((rule) => rule.description !== description), ...rules];
}
