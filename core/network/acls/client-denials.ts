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
  sizeOf,
  spansOf,
  unreadAcl,
} from './passage.ts';

/**
 * Where the network ACL of a subnet lets in no client at all, or no reply out to any that it lets in: one verdict for each direction that
 * is shut, none where clients of one address at least are admitted and answered. Who may connect is not judged.
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
  const outward: Passage = { ...outwardReplies(door), subnetId, peer: everybody };
  const [letsIn, letsOut] = [entriesFor(inward, acl, acls), entriesFor(outward, acl, acls)];
  const blocks = [...letsIn, ...letsOut].flatMap(({ cidr, ipv6Cidr }) => cidr ?? ipv6Cidr ?? []);
  const clients = stretchesBetween([...blocks, ...origin.without], origin.bits)
    .filter((address) => isOrigin(address, origin))
    .map((address) => ({
      in: decide(letsIn, { ...inward, peer: address }),
      out: decide(letsOut, { ...outward, peer: address }),
    }));
  const admitted = clients.filter((client) => isPassable(client.in));
  const reached = admitted.length > 0 ? admitted : clients;
  return [
    ...(admitted.length > 0
      ? []
      : [
          denialOf(
            clients.flatMap((client) => client.in.denying),
            inward,
            acl,
          ),
        ]),
    ...(reached.some((client) => isPassable(client.out))
      ? []
      : [
          denialOf(
            reached.flatMap((client) => client.out.denying),
            outward,
            acl,
          ),
        ]),
  ];
}

/** What the entries make of packets from or to one address. */
interface Decided {
  /** Of the ports asked about. */
  allowedShare: number;
  denying: Pick<NetworkAclEntry, 'ruleNumber' | 'cidr' | 'ipv6Cidr'>[];
}

function decide(entries: NetworkAclEntry[], { peer, ports }: Passage): Decided {
  const spans = spansOf(entries, peer, ports).flatMap(({ verdict, ...span }) =>
    verdict === 'unknown' ? [] : [{ verdict, ports: sizeOf(span) }],
  );
  const allowed = spans.filter(({ verdict }) => verdict.action === 'allow');
  return {
    allowedShare: allowed.reduce((sum, span) => sum + span.ports, 0) / sizeOf(ports),
    denying: spans.flatMap(({ verdict }) => (verdict.action === 'deny' ? verdict : [])),
  };
}

/** A few of the reply ports that happen to be open answer next to no client. */
const isPassable = ({ allowedShare }: Decided): boolean => allowedShare >= worthTelling;

/** By the entry for the widest range, which stands for all that deny. */
function denialOf(denying: Decided['denying'], place: Passage, acl: NetworkAcl): NetworkAclVerdict {
  const widthOf = ({ cidr, ipv6Cidr }: (typeof denying)[number]): number => prefixLength(cidr ?? ipv6Cidr ?? '');
  const [widest = { ruleNumber: Number.POSITIVE_INFINITY }] = denying.toSorted((a, b) => widthOf(a) - widthOf(b));
  return denialBy(widest, { ...place, peer: widest.cidr ?? widest.ipv6Cidr ?? place.peer }, { acl, share: 1 });
}
