import pLimit from 'p-limit';
import type { Cluster } from '../../core/model/aws.ts';
import type { ServiceScope } from '../../core/model/inventory.ts';
import { isInScope } from '../../core/survey/service-scope.ts';
import type { Clients } from '../aws/clients.ts';
import { refusalOf } from '../aws/refusal.ts';
import { readServices } from './services.ts';

/** A Service and where it is. */
export interface PlacedService {
  cluster: string;
  namespace: string;
  service: string;
}

export interface LocatedServices {
  /** Clusters that have a Service of the scope, and those whose Services could not be listed. */
  clusters: Cluster[];
  /** Every Service of the clusters that could be listed. */
  services: PlacedService[];
  /** False where a cluster could not be listed, so that a Service may be there. */
  isWhole: boolean;
}

const clustersAtOnce = 5;

/** Finds the clusters that Services of the scope are in, by one list of each cluster. */
export async function locateServices(
  clusters: Cluster[],
  clients: Clients,
  scope: ServiceScope,
): Promise<LocatedServices> {
  const lists = await pLimit(clustersAtOnce).map(clusters, async (cluster) => ({
    cluster,
    services: await servicesOf(cluster, clients),
  }));
  return {
    clusters: lists.flatMap(({ cluster, services }) =>
      services === undefined || services.some((each) => isInScope(each, scope)) ? [cluster] : [],
    ),
    services: lists.flatMap(({ services = [] }) => services),
    isWhole: lists.every(({ services }) => services !== undefined),
  };
}

/** Undefined where they cannot be listed: the reading that follows says why. */
async function servicesOf(cluster: Cluster, clients: Clients): Promise<PlacedService[] | undefined> {
  if (cluster.endpoint === '') return undefined;
  const connection = clients.kubernetes(cluster, clients.signal);
  try {
    const services = await readServices(connection);
    return services.map(({ metadata }) => ({
      cluster: cluster.name,
      namespace: metadata.namespace ?? 'default',
      service: metadata.name,
    }));
  } catch (error) {
    if (refusalOf(error, clients.signal) === undefined) throw error;
    return undefined;
  } finally {
    connection.close();
  }
}
