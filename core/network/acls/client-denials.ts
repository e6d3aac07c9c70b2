import type { NetworkAcl, NetworkAclEntry } from '../../model/aws.ts';
import { derived } from '../../model/indexed.ts';
import { prefixLength } from '../address.ts';
import { type ClientOrigin, isOrigin } from '../clients/client-origin.ts';
import type { Door } from '../clients/wire-protocol.ts';
import { stretchesBetween } from '../stretches.ts';
import { inwardTo, outwardReplies, worthTelling } from './network-acls.ts';
import {
  aclOf,
  denialBy,
  entriesFor,
  type NetworkAclVerdict,
  type Passage,
  type Ports,
  sizeOf,
  spansOf,
  unreadAcl,
} from './passage.ts';

/**
 * The ports from which clients connect: those of Linux, and those of Windows and macOS (VPC user guide, "Ephemeral ports"). NAT gateways use
 * lower ones too, and these as well.
 */
const clientPorts: Ports[] = [
  { from: 32_768, to: 60_999 },
  { from: 49_152, to: 65_535 },
];
const allClientPorts: Ports = { from: 32_768, to: 65_535 };

/** Where fewer of the ports of one system get replies, its clients notice. */
const enoughPorts = 0.5;

/**
 * Where the network ACL of a subnet lets in no client at all, or no reply out to any that it lets in: one verdict for each direction that
 * is shut, none where clients of one address at least are admitted and answered. Who may connect is not judged. The share of a denial is
 * below 1 where clients of some systems are answered, and those of others at less than half of their ports.
 */
export function clientDenials(
  subnetId: string,
  door: Door,
  origin: ClientOrigin,
  acls: NetworkAcl[],
): NetworkAclVerdict[] {
  const acl = aclOf(subnetId, acls);
  if (acl === undefined) return [unreadAcl(subnetId)];
  const { protocol, port } = door;
  return derived(acls, [clientDenials, acl, subnetId, protocol, port, origin.bits, origin.without.join()], () =>
    denialsOf(acl, { subnetId, door, origin, acls }),
  );
}

interface Question {
  subnetId: string;
  door: Door;
  origin: ClientOrigin;
  acls: NetworkAcl[];
}

function denialsOf(acl: NetworkAcl, { subnetId, door, origin, acls }: Question): NetworkAclVerdict[] {
  const everybody = origin.bits === 128 ? '::/0' : '0.0.0.0/0';
  const inward: Passage = { ...inwardTo(door), subnetId, peer: everybody };
  const outward: Passage = { ...outwardReplies(door), subnetId, peer: everybody, ports: allClientPorts };
  const [letsIn, letsOut] = [entriesFor(inward, acl, acls), entriesFor(outward, acl, acls)];
  const blocks = [...letsIn, ...letsOut].flatMap(({ cidr, ipv6Cidr }) => cidr ?? ipv6Cidr ?? []);
  const clients = stretchesBetween([...blocks, ...origin.without], origin.bits)
    .filter((address) => isOrigin(address, origin))
    .map((address) => ({
      in: decide(letsIn, { ...inward, peer: address }),
      out: clientPorts.map((ports) => decide(letsOut, { ...outward, peer: address, ports })),
    }));
  const admitted = clients.filter((client) => isPassable(client.in));
  const reached = admitted.length > 0 ? admitted : clients;
  const [answered = []] = reached.map(({ out }) => out).toSorted((x, y) => shareOf(y) - shareOf(x));
  const isMute = !answered.some(isPassable);
  const unanswered = isMute
    ? reached.flatMap(({ out }) => out)
    : answered.filter((each) => each.allowedShare < enoughPorts);
  return [
    ...(admitted.length > 0
      ? []
      : [
          denialOf(
            clients.flatMap((client) => client.in.denying),
            inward,
            { acl, share: 1 },
          ),
        ]),
    ...(isMute || unanswered.length > 0
      ? [
          denialOf(
            unanswered.flatMap(({ denying }) => denying),
            outward,
            { acl, share: isMute ? 1 : 1 - shareOf(answered) / clientPorts.length },
          ),
        ]
      : []),
  ];
}

/** What the entries make of packets from or to one address. */
interface Decided {
  /** Of the ports asked about. */
  allowedShare: number;
  denying: (Pick<NetworkAclEntry, 'ruleNumber' | 'cidr' | 'ipv6Cidr'> & { ports: Ports })[];
}

function decide(entries: NetworkAclEntry[], { peer, ports }: Passage): Decided {
  const spans = spansOf(entries, peer, ports).flatMap(({ verdict, ...span }) =>
    verdict === 'unknown' ? [] : [{ verdict, ports: span }],
  );
  const allowed = spans.filter(({ verdict }) => verdict.action === 'allow');
  return {
    allowedShare: allowed.reduce((sum, span) => sum + sizeOf(span.ports), 0) / sizeOf(ports),
    denying: spans.flatMap((span) => (span.verdict.action === 'deny' ? { ...span.verdict, ports: span.ports } : [])),
  };
}

const shareOf = (systems: Decided[]): number => systems.reduce((sum, { allowedShare }) => sum + allowedShare, 0);

/** A few of the ports that happen to be open let next to no client through. */
const isPassable = ({ allowedShare }: Decided): boolean => allowedShare >= worthTelling;

/** By the entry for the widest range of addresses, then of ports, which stands for all that deny. */
function denialOf(
  denying: Decided['denying'],
  place: Passage,
  { acl, share }: { acl: NetworkAcl; share: number },
): NetworkAclVerdict {
  const widthOf = ({ cidr, ipv6Cidr }: Decided['denying'][number]): number => prefixLength(cidr ?? ipv6Cidr ?? '');
  const [widest = { ruleNumber: Number.POSITIVE_INFINITY, ports: place.ports }] = denying.toSorted(
    (a, b) => widthOf(a) - widthOf(b) || sizeOf(b.ports) - sizeOf(a.ports),
  );
  const peer = widest.cidr ?? widest.ipv6Cidr ?? place.peer;
  return denialBy(widest, { ...place, peer, ports: share === 1 ? place.ports : widest.ports }, { acl, share });
}
