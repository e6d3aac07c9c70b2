import type { SecurityGroup, Target } from '../model/aws.ts';
import type { Evidence } from '../model/check-result.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import type { Network } from './connection-path.ts';
import { arrivalsAt, filtersOf } from './health-check-path.ts';
import { openingsAt, permissions } from './openings.ts';
import { sourceGroupOf } from './source-group.ts';

/** Evidence that the security groups of a target do not admit its health check from every load balancer node. */
export interface MissingRule extends Evidence {
  target: Target;
  /** The groups on the target's interface. */
  securityGroups: SecurityGroup[];
  /** Addresses of the load balancer nodes that they leave out. */
  sources: string[];
  values: { securityGroup: string; permission: string; clientPort?: number };
}

/**
 * One for each failing target whose security groups leave out a load balancer node. `values` fill the command that would
 * add the rules: `securityGroup` is the one tagged for the cluster where there is exactly one, and `permission` is JSON. `clientPort` is
 * there where clients come with addresses of their own, for which no rule is known.
 */
export const missingRulesOf = (group: TargetGroupContext, network: Network): MissingRule[] =>
  group.memo.once([missingRulesOf, filtersOf(group, network)], () => missingRules(group, network));

function missingRules(group: TargetGroupContext, network: Network): MissingRule[] {
  return group.failing.flatMap((target): MissingRule[] => {
    const stopped = arrivalsAt(target, group, network).filter(({ decision }) => decision !== 'allow');
    const [first] = stopped;
    if (first === undefined) return [];
    const { securityGroups } = first;
    const source = sourceGroupOf(group.loadBalancer, network.securityGroups);
    const port = target.healthCheckPort;
    const undecided = stopped.find(({ decision }) => decision === 'unknown');
    const from = stopped.map((arrival) => `${arrival.source} (${arrival.node.zone})`).join(', ');
    const { fromLoadBalancer, fromClients } = openingsAt(target, group, network, securityGroups);
    const [clientPort] = fromClients;
    return [
      {
        target,
        securityGroups,
        sources: stopped.map(({ source }) => source),
        saw: `${securityGroups.map(({ id }) => id).join(', ')}: no rule for TCP ${port} from ${from}${undecided === undefined ? '' : `; ${undecided.by}`}`,
        expected: `TCP ${port} admitted from ${source ?? 'the addresses of the load balancer'}`,
        confidence: undecided === undefined ? 'confirmed' : 'possible',
        values: {
          securityGroup: groupForRule(securityGroups, group.owner?.cluster)?.id ?? '',
          permission: permissions(fromLoadBalancer),
          ...(clientPort !== undefined && { clientPort }),
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

/** The group of a target that a rule is added to: the one that carries the cluster's tag where exactly one does, else the first. */
export function groupForRule(securityGroups: SecurityGroup[], cluster: string | undefined): SecurityGroup | undefined {
  const [tagged, ...others] = taggedFor(cluster, securityGroups);
  return others.length === 0 && tagged !== undefined ? tagged : securityGroups[0];
}
