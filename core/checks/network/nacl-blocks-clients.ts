import { servesBothProtocols } from '../../controllers/both-protocols.ts';
import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { check } from '../../diagnosis/check.ts';
import type { EndpointService, Listener, LoadBalancer, NetworkAcl, NetworkInterface, Vpc } from '../../model/aws.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { clientDenials } from '../../network/acls/client-denials.ts';
import { freeNumberBefore } from '../../network/acls/network-acls.ts';
import { aclOf } from '../../network/acls/passage.ts';
import { type ClientOrigin, originsOf, servesPrivateLink } from '../../network/clients/client-origin.ts';
import { type Door, wireProtocolsOf } from '../../network/clients/wire-protocol.ts';
import { loadBalancerInterfaces } from '../../network/interfaces.ts';

const aclEntry = {
  'network-acl-id': '{networkAcl}',
  protocol: '{protocol}',
  'rule-action': 'allow',
};
const disturbs = 'The network ACL applies to the whole subnet, and others may rely on what it denies.';

export const naclBlocksClients = check({
  id: 'nacl-blocks-clients',
  kind: 'clients',
  beforeTargets: true,
  stage: 'network',
  order: -1,
  severity: 'critical',
  ownerless: true,
  perZone: true,
  title: 'The network ACL of a subnet of the load balancer shuts out clients, or the answers to them',
  symptom:
    'Every target is healthy, and clients time out while they connect: all of them, or those that get the address of one zone.',
  why: `Packets of clients pass the network ACL of the load balancer's subnet on their way in, to the port of the listener, and on their way back, to a port from
1024 to 65535 of the client: on Linux from 32768 to 60999, on Windows from 49152. It keeps no state, so that each direction needs an entry. Health checks come
from inside: they do not show it.`,
  proof: `The entries of the network ACL, in the order of their numbers, admit the port of a listener from no address that a client can have, or let answers out
to none of the addresses that they admit, at the ports 32768-65535. Of an internet-facing load balancer private addresses and those of the VPC are no clients'.`,
  nearMisses: [
    'An entry that admits a narrow range admits somebody: who may connect is not judged.',
    'An internal load balancer gets packets from its subnets past the network ACL: at risk, unless nothing else is in them.',
    'Answers get out to the ports of one system, and to less than half of those of another: at risk.',
    'Consumers of an endpoint service come past it too: at risk.',
    'One of two families of a dual-stack load balancer is shut: clients may use the other, at risk.',
    'Some protocols on UDP need no answer: where only answers are denied, at risk.',
    'What it denies between the load balancer and its targets is `nacl-blocks-health-check` or `target-sg-blocks-traffic-port`.',
  ],
  decidedBy:
    'a connection to the listener from where the clients are, or VPC flow logs of the load balancer’s interfaces: REJECT',
  fix: [
    {
      text: 'Let clients in to the listener with an entry before the one that denies, in each network ACL that the evidence names.',
      change: {
        aws: 'ec2 create-network-acl-entry',
        options: {
          ...aclEntry,
          'rule-number': '{inboundNumber}',
          'port-range': 'From={port},To={port}',
          '…': '--ingress {family} {cidr}',
        },
      },
      disturbs,
      when: 'inboundNumber',
    },
    {
      text: 'Let the answers out to the ports of clients, in each network ACL that the evidence names.',
      change: {
        aws: 'ec2 create-network-acl-entry',
        options: {
          ...aclEntry,
          'rule-number': '{outboundNumber}',
          'port-range': 'From=1024,To=65535',
          '…': '--egress {family} {cidr}',
        },
      },
      disturbs,
      when: 'outboundNumber',
    },
    {
      text: 'See all entries of the subnet in the order of their numbers.',
      look: { aws: 'ec2 describe-network-acls', options: '--filters Name=association.subnet-id,Values={subnet}' },
    },
  ],
  links: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html',
  ],
  masks: [],
  needs: ['loadBalancers', 'listeners', 'networkAcls'],
  optional: ['networkInterfaces', 'endpointServices', 'vpcs', 'services'],
  applies: ({ loadBalancer }) => loadBalancer !== undefined,

  run(group, { services, ...network }) {
    const { loadBalancer } = group;
    const listeners = listenersInUse(group);
    if (loadBalancer === undefined || listeners.length === 0) return undefined;
    const isBoth = servesBothProtocols(group, services);
    const shut = loadBalancer.zones.flatMap((zone) => {
      const doors = listeners.flatMap((listener) => shutDoors(zone.subnetId, { listener, loadBalancer }, network));
      return doors.length === 0 ? [] : [evidenceOf(doors, { zone, group, loadBalancer, isBoth }, network)];
    });
    // What is sure alarms, whatever else is only likely.
    const sure = shut.filter(({ confidence }) => confidence === 'confirmed');
    return sure.length > 0 ? sure : shut;
  },

  undecided(group, { networkAcls }) {
    if (listenersInUse(group).length === 0) return [];
    const { targetGroup, loadBalancer } = group;
    const unseen = loadBalancer?.zones.find(({ subnetId }) => aclOf(subnetId, networkAcls) === undefined);
    if (unseen === undefined) return [];
    return [
      {
        slice: 'networkAcls',
        scope: { kind: 'target-group', arn: targetGroup.arn },
        reason: 'not-requested',
        action: 'evaluate the network ACLs of the load balancer’s subnets',
        message: `the network ACL of ${unseen.subnetId} was not seen`,
        remedy: 'Audit with the network ACLs of the VPC in reach.',
      },
    ];
  },
});

interface Network {
  networkAcls: NetworkAcl[];
  networkInterfaces: NetworkInterface[] | undefined;
  endpointServices: EndpointService[] | undefined;
  vpcs: Vpc[] | undefined;
}

/** A port of a listener, and what shuts it in one subnet. */
interface ShutDoor extends Door {
  denials: ReturnType<typeof clientDenials>;
  origin: ClientOrigin;
  /** True where answers to some ports of clients get out. */
  isAnswered: boolean;
  /** True where clients of the other family, of some ports, or without answers, get through. */
  isPartly: boolean;
}

function shutDoors(
  subnetId: string,
  { listener, loadBalancer }: { listener: Listener; loadBalancer: LoadBalancer },
  { networkAcls, vpcs }: Network,
): ShutDoor[] {
  const origins = originsOf(loadBalancer, vpcs);
  return wireProtocolsOf(listener.protocol).flatMap((protocol) => {
    const door = { protocol, port: listener.port };
    const shut = origins.flatMap((origin) => {
      const denials = clientDenials(subnetId, door, origin, networkAcls).filter(({ denial }) => denial !== undefined);
      return denials.length === 0 ? [] : [{ origin, denials }];
    });
    const [first] = shut;
    if (first === undefined) return [];
    const isUnanswered = protocol === 'udp' && first.denials.every(({ denial }) => denial?.egress === true);
    const isAnswered = first.denials.every(({ denial }) => denial !== undefined && denial.share < 1);
    return [{ ...door, ...first, isAnswered, isPartly: isAnswered || isUnanswered || shut.length < origins.length }];
  });
}

interface Place {
  zone: LoadBalancer['zones'][number];
  group: TargetGroupContext;
  loadBalancer: LoadBalancer;
  /** True where clients of both protocols are meant. */
  isBoth: boolean;
}

function evidenceOf(doors: ShutDoor[], { zone, group, loadBalancer, isBoth }: Place, network: Network): Evidence {
  const all = listenersInUse(group).flatMap(({ protocol }) => wireProtocolsOf(protocol));
  const protocols = [...new Set(doors.map(({ protocol }) => protocol))];
  const isOneOfTwo = protocols.length < new Set(all).size;
  const isSure =
    doors.some(({ isPartly }) => !isPartly) &&
    (!isOneOfTwo || isBoth) &&
    servesPrivateLink(loadBalancer, network.endpointServices) !== true &&
    (loadBalancer.scheme === 'internet-facing' || isAlone(zone.subnetId, loadBalancer, network));
  const denied = doors.flatMap(({ denials }) => denials.map(({ by }) => by));
  const effect = doors.every(({ isAnswered }) => isAnswered)
    ? `clients of ${loadBalancer.name} that connect from these ports get no answer`
    : `nothing before that admits a client of ${loadBalancer.name}`;
  return {
    saw: `zone ${zone.name}: ${[...new Set(denied)].join('; ')}; ${effect}`,
    expected: 'an entry that admits clients to the listener, and one for answers to their ports 1024-65535',
    confidence: isSure ? 'confirmed' : 'probable',
    ...(doors.every(({ isAnswered }) => isAnswered) && { someClients: true }),
    ...(isOneOfTwo && { clientsOf: protocols[0] === 'udp' ? ('UDP' as const) : ('TCP' as const) }),
    values: { subnet: zone.subnetId, ...valuesOf(doors, loadBalancer, network) },
  };
}

/** True where nothing else is in the subnet that could be a client past the network ACL. */
const isAlone = (subnetId: string, { arn }: LoadBalancer, { networkInterfaces }: Network): boolean => {
  if (networkInterfaces === undefined) return false;
  const own = loadBalancerInterfaces(arn, networkInterfaces);
  return networkInterfaces.every((each) => each.subnetId !== subnetId || own.includes(each));
};

function valuesOf(
  [door]: ShutDoor[],
  { scheme, vpcId }: LoadBalancer,
  { networkAcls, vpcs }: Network,
): Record<string, string | number> {
  if (door === undefined) return {};
  const isIpv6 = door.origin.bits === 128;
  const vpc = scheme === 'internal' ? vpcs?.find(({ id }) => id === vpcId) : undefined;
  const own = isIpv6 ? vpc?.ipv6Cidrs[0] : vpc?.cidrs[0];
  const numberFor = (egress: boolean): number | undefined => {
    const found = door.denials.find(({ denial }) => denial?.egress === egress)?.denial;
    return found && freeNumberBefore(found, networkAcls);
  };
  const [inboundNumber, outboundNumber] = [numberFor(false), numberFor(true)];
  return {
    networkAcl: door.denials[0]?.denial?.aclId ?? '',
    protocol: door.protocol,
    port: door.port,
    family: isIpv6 ? '--ipv6-cidr-block' : '--cidr-block',
    cidr: own ?? (isIpv6 ? '::/0' : '0.0.0.0/0'),
    ...(inboundNumber !== undefined && { inboundNumber }),
    ...(outboundNumber !== undefined && { outboundNumber }),
  };
}
