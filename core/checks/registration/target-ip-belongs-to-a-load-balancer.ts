import { check } from '../../diagnosis/check.ts';
import { interfacesWith } from '../../network/interfaces.ts';

export const targetIpBelongsToALoadBalancer = check({
  id: 'target-ip-belongs-to-a-load-balancer',
  kind: 'fault',
  stage: 'registration',
  severity: 'medium',
  title: 'The registered address belongs to a load balancer',
  symptom: 'A target is `unused` with Target.IpUnusable.',
  why: `An address that a load balancer uses cannot be a target, and Elastic Load Balancing leaves it unused. Either it was registered
by hand to chain load balancers, or a load balancer in the same subnet has since got the address of a pod that is gone.`,
  proof: `The reason of the target is Target.IpUnusable. A network interface of a load balancer with this address confirms it.`,
  nearMisses: [
    'An Application Load Balancer becomes a target by its ARN in a target group of type alb, not by its addresses.',
    'An address that another pod uses now is checked, not unused.',
  ],
  decidedBy: 'the network interface that has the address',
  fix: [
    {
      text: 'Deregister the address.',
      change: {
        aws: 'elbv2 deregister-targets',
        options: { 'target-group-arn': '{targetGroup}', targets: 'Id={target},Port={port}' },
      },
      danger: 'A pod that uses the address now is registered again only when the controller reconciles the next time.',
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  masks: ['stale-targets-not-deregistered'],
  needs: ['targetHealth'],
  optional: ['networkInterfaces'],

  run(group, { networkInterfaces }) {
    return group.nonHealthy
      .filter(({ reason }) => reason === 'Target.IpUnusable')
      .map((target) => {
        const holder = interfacesWith(target.id, networkInterfaces ?? []).find(
          ({ description, interfaceType }) => description.startsWith('ELB ') || interfaceType.endsWith('load_balancer'),
        );
        return {
          target,
          saw: `${target.description ?? 'Target.IpUnusable'}${holder === undefined ? '' : `; ${holder.id} (${holder.description}) has ${target.id}`}`,
          expected: 'addresses of pods',
          confidence: holder === undefined ? ('probable' as const) : ('confirmed' as const),
          values: { target: target.id, port: target.port },
        };
      });
  },
});
