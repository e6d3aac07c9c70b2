import { servesBothProtocols } from '../../controllers/both-protocols.ts';
import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { check } from '../../diagnosis/check.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { Gap } from '../../model/gap.ts';
import { withId } from '../../model/indexed.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { type ClientTraffic, clientTraffic } from '../../network/clients/client-traffic.ts';
import { crossesZones } from '../../network/clients/cross-zone.ts';
import { wireProtocolsOf } from '../../network/clients/wire-protocol.ts';
import type { Network } from '../../network/connection-path.ts';
import { interfaceOf } from '../../network/interfaces.ts';
import { groupForRule } from '../../network/missing-rule.ts';
import { permissions } from '../../network/openings.ts';
import { sourceGroupOf } from '../../network/source-group.ts';

export const targetSgBlocksTrafficPort = check({
  id: 'target-sg-blocks-traffic-port',
  kind: 'clients',
  stage: 'network',
  order: 3,
  severity: 'critical',
  ownerless: true,
  title: 'The health check port of the targets is open, the traffic port is closed',
  symptom: 'Every target is healthy, and connections through the load balancer time out.',
  why: `A health check with a separate port says nothing about the port that clients use: healthCheckNodePort under
externalTrafficPolicy Local, port 10256 of kube-proxy, or a port for management. Rules written by hand, or a binding whose \`networking\`
lists one port, often admit that port alone.`,
  proof: `A target is healthy, its health check goes to another port or protocol than clients, and no rule admits the traffic port: from the
addresses and the security groups of the load balancer, or, where addresses of clients are preserved, from any address at all.`,
  nearMisses: [
    'A TCP health check that passes on the traffic port shows that the load balancer’s addresses are admitted.',
    'With addresses of clients preserved, a rule for a narrow range admits somebody: who may connect is not judged.',
    'A rule that names a security group of the load balancer admits its clients, whatever their addresses.',
    'A rule that names another security group, such as that of the clients or of the nodes, admits no one through a load balancer.',
    'The network ACL of the targets’ subnet lets answers out to less than half of the ports of one system, and to those of another: at risk.',
    'Where one of two protocols of the target group is closed, whether anybody uses it is not known, unless the Service has a port of each: at risk.',
  ],
  decidedBy: 'a connection to the traffic port of the target with an address of the load balancer',
  fix: [
    {
      text: 'Where the AWS Load Balancer Controller writes the rules, list every port, that of the traffic too, in networking of the TargetGroupBinding, with the backend security group as its source.',
      look: { kubectl: 'get targetgroupbindings --output yaml', in: '{namespace}' },
    },
    {
      text: 'Admit clients to the traffic port at the targets; replace a range for everybody by those from which they come.',
      change: {
        aws: 'ec2 authorize-security-group-ingress',
        options: { 'group-id': '{securityGroup}', 'ip-permissions': '{permission}' },
      },
      when: 'permission',
    },
    {
      text: 'Let the load balancer send to the traffic port.',
      change: {
        aws: 'ec2 authorize-security-group-egress',
        options: { 'group-id': '{balancerGroup}', protocol: '{protocol}', port: '{port}', cidr: '0.0.0.0/0' },
      },
      when: 'balancerGroup',
    },
    {
      text: 'Allow the traffic port, and the reply ports 1024-65535 on the return path, in the network ACLs of both subnets.',
      look: { aws: 'ec2 describe-network-acls', options: '--filters Name=vpc-id,Values={vpc}' },
      when: 'networkAcl',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
  ],
  masks: ['traffic-port-silent'],
  needs: ['loadBalancers', 'listeners', 'networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['networkAcls', 'prefixLists', 'services', 'vpcs', 'endpointServices'],
  applies: ({ loadBalancer }) => loadBalancer !== undefined,

  run(group, { services, ...network }) {
    if (listenersInUse(group).length === 0) return undefined;
    const traffic = clientTraffic(group, network);
    if (traffic.length === 0) return undefined;
    const denied = traffic.filter(({ decision }) => decision === 'deny');
    const isBoth = servesBothProtocols(group, services);
    const isWhole = ({ target }: ClientTraffic): boolean =>
      wireProtocolsOf(group.targetGroup.protocol).every((protocol) =>
        denied.some((each) => each.target === target && each.protocol === protocol),
      );
    const shut = denied.map((each) => evidenceOf({ ...each, isMeant: isBoth || isWhole(each) }, group, network));
    // What is sure alarms, whatever else is only likely.
    const sure = shut.filter(({ confidence }) => confidence === 'confirmed');
    const unanswered = traffic.flatMap((each) => unansweredOf(each) ?? []);
    return sure.length > 0 ? sure : [...shut, ...unanswered];
  },

  undecided(group, network) {
    if (listenersInUse(group).length === 0) return [];
    const open = clientTraffic(group, network).find((each) => each.isBlind);
    return open === undefined ? [] : [gapOn(open)];
  },
});

/** One for all: that it is open, and an example, is what a reader needs to know. */
const gapOn = ({ target, by }: ClientTraffic): Gap => ({
  slice: 'securityGroups',
  scope: { kind: 'target', targetGroupArn: target.targetGroupArn, id: target.id, port: target.port },
  reason: 'not-requested',
  action: 'evaluate the path of clients to the traffic port',
  message: `traffic port ${target.port} of ${target.id}: ${by}`,
  remedy:
    'Audit with the network interface and the security groups of the target in reach, or connect to the port from a client.',
});

/** Traffic of a protocol that clients are known to use, or of the only one. */
type Shut = ClientTraffic & { isMeant: boolean };

function evidenceOf(shut: Shut, group: TargetGroupContext, network: Network): Evidence {
  const { target, protocol, from, by } = shut;
  const what = `${protocol.toUpperCase()} ${target.port}`;
  const isOneProtocol = wireProtocolsOf(group.targetGroup.protocol).length === 1;
  const isSure = shut.isMeant && (!shut.isPartly || crossesZones(group) === true);
  const passed = `the health check passes on TCP ${target.healthCheckPort}`;
  const where = shut.isPartly ? 'some zones of the load balancer' : 'the load balancer';
  return {
    target,
    saw: `${what} from ${from === undefined ? 'any client' : where}: ${by}; ${passed}`,
    expected: `${what} admitted from ${from === undefined ? 'clients' : 'the load balancer'}`,
    confidence: isSure ? 'confirmed' : 'probable',
    ...(!isOneProtocol && { clientsOf: protocol === 'udp' ? 'UDP' : 'TCP' }),
    values: valuesOf(shut, group, network),
  };
}

/** Clients of some systems are admitted and get no answer: those of others do, so that it is a risk. */
const unansweredOf = ({ target, protocol, unanswered }: ClientTraffic): Evidence | undefined =>
  unanswered === undefined
    ? undefined
    : {
        target,
        saw: `${protocol.toUpperCase()} ${target.port}: ${unanswered}; clients that connect from these ports get no answer`,
        expected: 'answers let out to the ports of clients, 1024-65535',
        confidence: 'probable',
        someClients: true,
        values: { protocol, port: target.port, networkAcl: 'yes' },
      };

function valuesOf(
  { target, protocol, from, hop }: ClientTraffic,
  { targetGroup, loadBalancer, owner }: TargetGroupContext,
  { networkInterfaces, securityGroups }: Network,
): Record<string, string | number> {
  const place = { protocol, port: target.port };
  const own = sourceGroupOf(loadBalancer, securityGroups);
  const anywhere = targetGroup.ipAddressType === 'ipv6' ? '::/0' : '0.0.0.0/0';
  if (hop === 'egress') return { ...place, balancerGroup: own ?? '' };
  if (hop === 'network ACL') return { ...place, networkAcl: 'yes' };
  const groups = interfaceOf(target, targetGroup, networkInterfaces)?.securityGroups ?? [];
  const found = groups.flatMap((id) => withId(securityGroups, id) ?? []);
  const securityGroup = groupForRule(found, owner?.cluster)?.id ?? '';
  return {
    ...place,
    securityGroup,
    permission: permissions([{ ...place, securityGroup: own, addresses: from ?? [anywhere] }]),
  };
}
