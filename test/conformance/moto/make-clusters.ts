import { CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import type { World } from '../../../lab/world/world.ts';
import type { Names } from './names.ts';

/** Makes the EKS clusters of a world whose subnets are there already. */
export async function makeClusters(url: string, { account, region, clusters }: World, names: Names): Promise<void> {
  const credentials = { accessKeyId: 'moto', secretAccessKey: 'moto' };
  const eks = new EKSClient({ endpoint: url, region, credentials, maxAttempts: 1 });
  for (const { cluster } of clusters) {
    const { name, version, subnetIds, endpointPrivateAccess, endpointPublicAccess, tags } = cluster;
    await eks.send(
      new CreateClusterCommand({
        name,
        version,
        roleArn: `arn:aws:iam::${account}:role/${name}-cluster`,
        resourcesVpcConfig: { subnetIds: subnetIds.map(names.get), endpointPrivateAccess, endpointPublicAccess },
        accessConfig: { authenticationMode: 'API' },
        tags,
      }),
    );
  }
  eks.destroy();
}
