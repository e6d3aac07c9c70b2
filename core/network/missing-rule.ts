import type { SecurityGroup, Target } from '../model/aws.ts';
import type { Evidence } from '../model/check-result.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { asCidr, isIpv6 } from './address.ts';
import type { WireProtocol } from './clients/wire-protocol.ts';
import type { Network } from './connection-path.ts';
import { arrivalsAt, filtersOf } from './health-check-path.ts';

/** Evidence that the security groups of a target do not admit its health check from every load balancer node. */
export interface MissingRule extends Evidence {
  target: Target;
  /** The groups on the target's interface. */
  securityGroups: SecurityGroup[];
  values: { securityGroup: string; permission: string };
}

/**
 * One for each failing target whose security groups leave out a load balancer node. `values` fill the command that would
 * add the rule: `securityGroup` is the one tagged for the cluster where there is exactly one, and `permission` is JSON.
 */
export const missingRulesOf = (group: TargetGroupContext, network: Network): MissingRule[] =>
  group.memo.once([missingRulesOf, ...filtersOf(network)], () => missingRules(group, network));

function missingRules(group: TargetGroupContext, network: Network): MissingRule[] {
  return group.failing.flatMap((target): MissingRule[] => {
    const stopped = arrivalsAt(target, group, network).filter(({ decision }) => decision !== 'allow');
    const [first] = stopped;
    if (first === undefined) return [];
    const { securityGroups } = first;
    const source = group.loadBalancer?.securityGroups[0];
    const port = target.healthCheckPort;
    const undecided = stopped.find(({ decision }) => decision === 'unknown');
    const from = stopped.map((arrival) => `${arrival.source} (${arrival.node.zone})`).join(', ');
    const addresses = stopped.map((arrival) => arrival.source);
    return [
      {
        target,
        securityGroups,
        saw: `${securityGroups.map(({ id }) => id).join(', ')}: no rule for TCP ${port} from ${from}${undecided === undefined ? '' : `; ${undecided.by}`}`,
        expected: `TCP ${port} admitted from ${source ?? 'the addresses of the load balancer'}`,
        confidence: undecided === undefined ? 'confirmed' : 'possible',
        values: {
          securityGroup: groupForRule(securityGroups, group.owner?.cluster)?.id ?? '',
          permission: permission(port, source, addresses),
        },
      },
    ];
  });
}

/** The same evidence in the words of another check. */
export const reworded = (
  { target, confidence, values }: MissingRule,
  words: { saw: string; expected: string; values?: Record<string, string | number> },
): Evidence => ({ target, confidence, ...words, values: { ...values, ...words.values } });

/** The groups that carry the cluster's tag; controllers want exactly one of them where an interface has several groups. */
export const taggedFor = (cluster: string | undefined, securityGroups: SecurityGroup[]): SecurityGroup[] =>
  securityGroups.filter(({ tags }) => cluster !== undefined && `kubernetes.io/cluster/${cluster}` in tags);

function groupForRule(securityGroups: SecurityGroup[], cluster: string | undefined): SecurityGroup | undefined {
  const [tagged, ...others] = taggedFor(cluster, securityGroups);
  return others.length === 0 && tagged !== undefined ? tagged : securityGroups[0];
}

/** `--ip-permissions` in JSON, of TCP where only a port is given: by security group where the other end has one, else by address. */
export function permission(
  door: number | { port: number; protocol: WireProtocol },
  securityGroup: string | undefined,
  addresses: string[] = [],
): string {
  const { port, protocol } = typeof door === 'number' ? { port: door, protocol: 'tcp' } : door;
  const widened = addresses.map(asCidr);
  const ranges = isIpv6(addresses[0] ?? '')
    ? { Ipv6Ranges: widened.map((CidrIpv6) => ({ CidrIpv6 })) }
    : { IpRanges: widened.map((CidrIp) => ({ CidrIp })) };
  const peers = securityGroup === undefined ? ranges : { UserIdGroupPairs: [{ GroupId: securityGroup }] };
  return JSON.stringify([{ IpProtocol: protocol, FromPort: port, ToPort: port, ...peers }]);
}
