import type { Facts } from '../model/facts.ts';
import type { Gap } from '../model/gap.ts';
import type { PlannedProbe, ProbeRequest } from '../model/probe-result.ts';
import { contains, parseBlock } from '../network/address.ts';

export interface Screened {
  /** May be sent. */
  allowed: PlannedProbe[];
  /** One gap for each target and kind of refusal. */
  gaps: Gap[];
}

/**
 * Splits planned probes into those that may leave this machine and gaps about the others. A probe goes to an address inside of
 * the VPC's own CIDR blocks only, never to a link-local or loopback address or to one of `ownAddresses`, and what it sends is a
 * valid request line and Host header: paths and names come from clusters and may hold anything.
 */
export function screenProbes(planned: PlannedProbe[], facts: Facts, ownAddresses: string[]): Screened {
  const ranges = rangesOf(facts);
  const refused = new Map<string, Gap>();
  const allowed = planned.filter((probe) => {
    const refusal = requestRefusal(probe.request) ?? addressRefusal(probe.request.address, ranges, ownAddresses);
    if (refusal === undefined) return true;
    const { targetGroupArn, targetId, targetPort, purpose } = probe;
    const key = JSON.stringify([targetGroupArn, targetId, targetPort, refusal.message]);
    if (refused.has(key)) return false;
    refused.set(key, {
      slice: 'probes',
      scope: { kind: 'target', targetGroupArn, id: targetId, port: targetPort },
      reason: 'not-requested',
      action: `probe ${purpose}`,
      ...refusal,
    });
    return false;
  });
  return { allowed, gaps: [...refused.values()] };
}

type Refusal = Pick<Gap, 'message' | 'remedy'>;

const longestTarget = 2048;

/** True for text that can stand in a request line: an absolute path in visible ASCII (RFC 9112, section 3.2.1). */
export const isRequestTarget = (path: string): boolean => path.length <= longestTarget && /^\/[\x21-\x7e]*$/.test(path);

/** True for text that can stand in a Host header. */
export const isHostValue = (host: string): boolean => host.length <= longestTarget && /^[\x21-\x7e]+$/.test(host);

function requestRefusal({ path, host, port }: ProbeRequest): Refusal | undefined {
  if (path !== undefined && !isRequestTarget(path)) {
    return {
      message: 'not probed: the path holds characters that cannot be in a request line, or does not begin with /',
      remedy: 'Correct the path of the health check or of the readiness probe of the pods.',
    };
  }
  if (host !== undefined && !isHostValue(host)) {
    return {
      message: 'not probed: the host name holds characters that cannot be in a Host header',
      remedy: 'Correct the host of the readiness probe of the pods.',
    };
  }
  if (Number.isInteger(port) && port > 0 && port < 65_536) return undefined;
  return { message: 'not probed: the port is not from 1 to 65535', remedy: 'Correct the port that the pods name.' };
}

/**
 * Addresses that name the machine itself or services of the hypervisor, instance metadata among them (EC2 user guide, "Access
 * instance metadata"; RFC 3927, RFC 4291).
 */
const neverProbed = ['0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3', '::/127', 'fe80::/10', 'fd00:ec2::/32', 'ff00::/8'];

function addressRefusal(address: string, ranges: string[], ownAddresses: string[]): Refusal | undefined {
  if (parseBlock(address) === undefined || address.includes('/')) {
    return { message: 'not probed: the target’s address is not an IP address', remedy: 'Register an IP address.' };
  }
  if (neverProbed.some((range) => contains(range, address))) {
    return {
      message: `not probed: ${address} is a link-local, metadata or multicast address`,
      remedy: 'Deregister the target, or find out which pod reports this address.',
    };
  }
  if (ownAddresses.includes(address)) {
    return {
      message: `not probed: ${address} is an address of the auditor itself`,
      remedy: 'Deregister the target.',
    };
  }
  if (ranges.some((range) => contains(range, address))) return undefined;
  if (ranges.length === 0) {
    return {
      message:
        'not probed: the CIDR blocks of the VPC could not be read, so that no address is known to be inside of it',
      remedy: 'Grant ec2:DescribeVpcs.',
    };
  }
  return {
    message: `not probed: ${address} is outside of the CIDR blocks of the VPC`,
    remedy: 'No action is needed where this is intended; test such an address from a host on its own network.',
  };
}

/** The blocks of the VPC; those of its subnets where the VPC itself could not be read. */
function rangesOf({ vpcId, slices }: Facts): string[] {
  const blocks = slices.vpcs
    .filter(({ id }) => id === vpcId)
    .flatMap(({ cidrs, ipv6Cidrs }) => [...cidrs, ...ipv6Cidrs]);
  if (blocks.length > 0) return blocks;
  return slices.subnets
    .filter((subnet) => subnet.vpcId === vpcId)
    .flatMap(({ cidr, ipv6Cidrs }) => [cidr, ...ipv6Cidrs]);
}
