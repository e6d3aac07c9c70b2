import { objectsOf } from '../world/object.ts';
import type { WorldCluster } from '../world/world.ts';

/** The value of a flag of the AWS Load Balancer Controller, as its Deployment gives it. */
function flagOf(cluster: WorldCluster, flag: string): string | undefined {
  const deployment = objectsOf(cluster, 'Deployment').find(
    ({ metadata }) => metadata.name === 'aws-load-balancer-controller',
  );
  const args: string[] = deployment?.spec.template.spec.containers[0].args ?? [];
  return args.find((arg) => arg.startsWith(`--${flag}=`))?.slice(flag.length + 3);
}

/** The cluster's name as the controller knows it: it writes it into tags and looks for it in those of security groups. */
export const clusterNameOfController = (cluster: WorldCluster): string =>
  flagOf(cluster, 'cluster-name') ?? cluster.cluster.name;

/** The most targets that the controller registers with a target group; absent = no limit. */
export function mostTargets(cluster: WorldCluster): number | undefined {
  const most = Number(flagOf(cluster, 'max-targets-per-target-group') ?? 0);
  return most > 0 ? most : undefined;
}
