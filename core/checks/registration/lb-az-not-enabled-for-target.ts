import { check } from '../../diagnosis/check.ts';
import { withId } from '../../model/indexed.ts';
import { contains } from '../../network/address.ts';
import { subnetsWith } from '../../network/load-balancer-subnets.ts';

export const lbAzNotEnabledForTarget = check({
  id: 'lb-az-not-enabled-for-target',
  kind: 'fault',
  stage: 'registration',
  severity: 'medium',
  begunBy: ['SetSubnets'],
  title: 'The target is in an Availability Zone that the load balancer does not use',
  symptom: 'Targets of one zone are `unused` with Target.NotInUse, often since a node group was extended to it.',
  why: `A Network Load Balancer sends traffic only to targets in the zones of its subnets. Controllers do not change the subnets of an
existing load balancer, so nodes and pods in a zone added later stay unused, even if they work.`,
  proof: `The reason of the target is Target.NotInUse, a listener forwards to its group, and its zone is none of the load balancer's.`,
  nearMisses: [
    'No listener uses the target group, so all its targets are unused: `target-group-not-attached`.',
    'A target registered for all zones is outside the VPC and belongs to none of them.',
  ],
  decidedBy: 'the zone of the subnet that the target is in',
  fix: [
    {
      text: 'Add a subnet of each such zone to the load balancer. For a Service of the AWS Load Balancer Controller list all subnets in its annotation service.beta.kubernetes.io/aws-load-balancer-subnets, or the controller undoes the change.',
      change: { aws: 'elbv2 set-subnets', options: { 'load-balancer-arn': '{loadBalancer}', subnets: '{subnets}' } },
      disturbs: 'Client connections arrive through the new zone at once.',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/availability-zones.html',
    'https://github.com/kubernetes/cloud-provider-aws/issues/206',
  ],
  masks: [],
  needs: ['loadBalancers', 'listeners', 'subnets'],
  optional: ['instances'],

  run(group, { subnets, instances }) {
    const { loadBalancer, listeners } = group;
    if (loadBalancer === undefined || listeners.length === 0) return [];
    const enabled = loadBalancer.zones.map(({ name }) => name);
    const zoneOf = (id: string, zone: string | undefined) =>
      zone ??
      withId(instances ?? [], id)?.zone ??
      subnets.find(({ cidr, ipv6Cidrs }) => [cidr, ...ipv6Cidrs].some((block) => contains(block, id)))?.zone;
    const left = group.nonHealthy.flatMap((target) => {
      const zone = zoneOf(target.id, target.zone);
      if (target.reason !== 'Target.NotInUse' || zone === undefined || zone === 'all' || enabled.includes(zone))
        return [];
      return [{ target, zone }];
    });
    const missing = [...new Set(left.map(({ zone }) => zone))];
    return left.map(({ target, zone }) => ({
      target,
      saw: `the target is in ${zone}, ${loadBalancer.name} uses ${enabled.join(', ')}`,
      expected: `a subnet of ${zone} in the load balancer`,
      confidence: 'confirmed' as const,
      values: { subnets: subnetsWith(loadBalancer, missing, subnets) },
    }));
  },
});
