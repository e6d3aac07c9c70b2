import { check } from '../../diagnosis/check.ts';
import { nodeOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import { areAll } from '../../model/indexed.ts';
import { interfaceOf } from '../../network/interfaces.ts';
import { exposureOf, isWithoutExternalAddress } from '../../network/open-to-internet.ts';

export const nodePortsOpenToInternet = check({
  id: 'node-ports-open-to-internet',
  kind: 'latent',
  stage: 'network',
  severity: 'low',
  title: 'The whole internet reaches the NodePort without passing the load balancer',
  symptom: 'Nothing fails: the Service answers on the public address of every node, without the load balancer.',
  why: `A load balancer without security groups forwards connections with the addresses of the clients, so the controller opens the NodePort
of every node to them. If the nodes have public addresses, anyone can then bypass the load balancer, its TLS, its access logs and
whatever protects it.`,
  proof: `The node has a public address, its subnet has a default route through an internet gateway, and a rule of its security groups
and its network ACL admit every address on the NodePort.`,
  nearMisses: [
    'Nodes without a public address, or in a subnet without a route from the internet, are not reachable.',
    'Rules that admit the security group of the load balancer, or only some ranges of addresses, do not open the port to everyone.',
    'Rules in the load balancer’s own security groups apply to its listeners.',
  ],
  decidedBy: 'a connection from outside the VPC to the public address of a node on the NodePort',
  fix: [
    {
      text: 'Move the nodes into private subnets, or start them without public addresses: the load balancer reaches them by their private addresses.',
    },
    {
      text: 'Or set spec.loadBalancerSourceRanges of the Service to the ranges that your clients come from; the controller then opens the NodePort only to these, and clients outside of them are cut off.',
      look: { kubectl: 'get service {service} --output jsonpath={.spec.loadBalancerSourceRanges}', in: '{namespace}' },
    },
    {
      text: 'Or give the load balancer its own security groups and admit only those on the nodes. A load balancer can get security groups only when it is created, so this means a new load balancer with a new DNS name.',
    },
    {
      text: 'Remove the rule once nothing needs it.',
      change: {
        aws: 'ec2 revoke-security-group-ingress',
        options: { 'group-id': '{securityGroup}', 'security-group-rule-ids': '{rule}' },
      },
      disturbs:
        'A load balancer without security groups preserves the addresses of the clients: without this rule they are cut off.',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#lb-source-ranges',
  ],
  masks: [],
  needs: ['services', 'nodes', 'networkInterfaces', 'securityGroups', 'routeTables', 'networkAcls'],
  optional: ['prefixLists'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, nodes, networkInterfaces, ...network }) {
    const service = serviceOf(group, services);
    const port = service && servicePortOf(group, service);
    if (service === undefined || port?.nodePort === undefined) return undefined;
    const { ipFamilies } = service.spec;
    if (!ipFamilies.includes('IPv6') && areAll(nodes, isWithoutExternalAddress)) return [];
    const nodePort = {
      number: port.nodePort,
      protocol: port.protocol === 'UDP' ? ('udp' as const) : ('tcp' as const),
      ipFamilies,
    };
    return group.targets.flatMap((target) => {
      const node = nodeOf(target, nodes);
      const own = interfaceOf(target, group.targetGroup, networkInterfaces);
      const exposure = node && own && exposureOf(node, nodePort, { own, ...network });
      if (exposure === undefined) return [];
      const { publicAddress, securityGroupId, ruleId, cidr } = exposure;
      return [
        {
          target,
          saw: `${ruleId} of ${securityGroupId} admits ${nodePort.protocol.toUpperCase()} ${nodePort.number} from ${cidr}, and the node is ${publicAddress} on the internet`,
          expected: 'the NodePort admitted only from the load balancer or from known clients',
          confidence: 'confirmed' as const,
          values: { securityGroup: securityGroupId, rule: ruleId },
        },
      ];
    });
  },
});
