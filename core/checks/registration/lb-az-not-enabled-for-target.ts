import { check } from '../../diagnosis/check.ts';
import { withId } from '../../model/indexed.ts';
import { contains } from '../../network/address.ts';
import { subnetsWith } from '../../network/load-balancer-subnets.ts';

export const lbAzNotEnabledForTarget = check({
  id: 'lb-az-not-enabled-for-target',
  kind: 'fault',
  stage: 'registration',
  severity: 'medium',
  title: 'The target is in an Availability Zone that the load balancer does not use',
  symptom: 'Targets of one zone are `unused` with Target.NotInUse, often since a node group grew into it.',
  why: `A Network Load Balancer sends only to targets in the zones of its own subnets. Controllers leave the subnets of an existing load
balancer as they are, so that nodes and pods in a zone added later stay unused, however well they are.`,
  proof: `The reason of the target is Target.NotInUse, a listener forwards to its group, and its zone is none of the load balancer's.`,
  nearMisses: [
    'A target group that no listener uses has all of its targets unused.',
    'A target registered for all zones is outside the VPC and belongs to none of them.',
  ],
  decidedBy: 'the zone of the subnet that the target is in',
  fix: [
    {
      text: 'Add a subnet of each such zone to the load balancer. For a Service of the AWS Load Balancer Controller name all subnets in its annotation service.beta.kubernetes.io/aws-load-balancer-subnets, else it is undone.',
      command: 'aws elbv2 set-subnets --region {region} --load-balancer-arn {loadBalancer} --subnets {subnets}',
      danger: 'A zone can be added but not easily taken away again, and clients begin to arrive through it at once.',
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
