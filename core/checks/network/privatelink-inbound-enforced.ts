import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { check } from '../../diagnosis/check.ts';
import type { Evidence } from '../../model/check-result.ts';
import { withId } from '../../model/indexed.ts';
import { contains } from '../../network/address.ts';
import { wireProtocolsOf } from '../../network/clients/wire-protocol.ts';
import { rulesFor } from '../../network/security-groups.ts';

export const privatelinkInboundEnforced = check({
  id: 'privatelink-inbound-enforced',
  kind: 'clients',
  beforeTargets: true,
  stage: 'network',
  order: 2,
  severity: 'medium',
  ownerless: true,
  title: 'Inbound rules of the load balancer may keep out clients of its endpoint service',
  symptom: 'Every target is healthy, and clients that come by PrivateLink time out while they connect.',
  why: `Inbound rules of the load balancer's security groups apply to PrivateLink traffic too, unless that is switched off, and they see the
client's own address in its VPC, not that of the endpoint. A rule for the VPC of the load balancer, or for a security group, lets no client
of another VPC in.`,
  proof: `An endpoint service that is available names the load balancer, the load balancer enforces inbound rules on PrivateLink traffic, and each
rule for the port of a listener has a range of the load balancer's own VPC or a security group as its source. Which addresses clients have is not readable, so
that this stays probable.`,
  nearMisses: [
    'Inbound rules are not enforced on PrivateLink traffic, or the load balancer has no security groups.',
    'A rule with a range beyond the VPC, or a prefix list, can be that of the clients.',
    'No rule for the port at all shuts every client out: `nlb-sg-blocks-clients`.',
    'Clients whose endpoint is in the load balancer’s own VPC, or whose VPC has the same range, get in.',
  ],
  decidedBy: 'the addresses of clients in the VPCs that have an endpoint of the service',
  fix: [
    {
      text: 'Admit the clients: add inbound rules for {protocol} port {port} to {securityGroup}, with the ranges that they have in their own VPCs.',
      look: {
        aws: 'ec2 describe-vpc-endpoint-connections',
        options: '--filters Name=service-id,Values={endpointService}',
      },
    },
    {
      text: 'Or let PrivateLink traffic pass without regard to inbound rules: the endpoint service itself decides who may connect.',
      change: {
        annotate: { 'service.beta.kubernetes.io/aws-load-balancer-inbound-sg-rules-on-private-link-traffic': 'off' },
      },
      disturbs: { nothing: 'the rules stay as they are for all other clients.' },
      danger: 'Every consumer that the endpoint service accepts then reaches the listeners, from any address.',
      when: 'annotated',
    },
    {
      text: 'Or let PrivateLink traffic pass without regard to inbound rules: the endpoint service itself decides who may connect.',
      change: {
        aws: 'elbv2 set-security-groups',
        options: {
          'load-balancer-arn': '{loadBalancer}',
          'security-groups': '{securityGroups}',
          'enforce-security-group-inbound-rules-on-private-link-traffic': 'off',
        },
      },
      disturbs: { nothing: 'the rules stay as they are for all other clients.' },
      danger: 'Every consumer that the endpoint service accepts then reaches the listeners, from any address.',
      when: 'securityGroups',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html',
  ],
  masks: [],
  needs: ['loadBalancers', 'listeners', 'securityGroups', 'endpointServices', 'vpcs'],
  applies: ({ loadBalancer }) =>
    loadBalancer !== undefined &&
    loadBalancer.securityGroups.length > 0 &&
    loadBalancer.privateLinkEnforcement !== 'off',

  run(group, { securityGroups, endpointServices, vpcs }) {
    const { loadBalancer, owner } = group;
    const service = endpointServices.find(
      ({ state, loadBalancerArns }) => state === 'Available' && loadBalancerArns.includes(loadBalancer?.arn ?? ''),
    );
    const vpc = vpcs.find(({ id }) => id === loadBalancer?.vpcId);
    if (loadBalancer === undefined || service === undefined || vpc === undefined) return [];
    const ids = loadBalancer.securityGroups;
    const groups = ids.flatMap((id) => withId(securityGroups, id) ?? []);
    if (groups.length < ids.length) return [];
    const isInside = (cidr: string): boolean => [...vpc.cidrs, ...vpc.ipv6Cidrs].some((own) => contains(own, cidr));
    return listenersInUse(group).flatMap(({ protocol, port }) =>
      wireProtocolsOf(protocol).flatMap((wire): Evidence[] => {
        const { covering } = rulesFor(groups, { direction: 'ingress', protocol: wire, port });
        const sources = covering.map(({ rule }) => rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.referencedGroupId);
        const isOpen = sources.some((source) => source === undefined || (/[.:]/.test(source) && !isInside(source)));
        if (covering.length === 0 || isOpen) return [];
        const isAnnotated = owner?.service !== undefined && owner.controller === 'aws-load-balancer-controller';
        return [
          {
            saw: `endpoint service ${service.name} has ${loadBalancer.name}, inbound rules are enforced on PrivateLink traffic, and those for ${wire.toUpperCase()} ${port} admit only ${[...new Set(sources)].join(', ')}`,
            expected: 'a rule for the addresses that clients have in their own VPCs',
            confidence: 'probable',
            values: {
              protocol: wire,
              port,
              securityGroup: ids[0] ?? '',
              endpointService: service.id,
              ...(isAnnotated ? { annotated: 'yes' } : { securityGroups: ids }),
            },
          },
        ];
      }),
    );
  },
});
