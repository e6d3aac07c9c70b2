import type { World } from '../../../lab/world/world.ts';
import { freePorts } from '../kubernetes/free-ports.ts';
import { run } from '../kubernetes/program.ts';
import type { Controller, Place } from './live-cluster.ts';
import { awaitReport } from './live-service.ts';

/** Starts the part of cloud-provider-aws that makes load balancers. */
export const startCloudProvider =
  (program: string) =>
  async ({ plane, kubeconfig, world, env, write }: Place): Promise<Controller> => {
    const [port] = await freePorts(1);
    const cloudProvider = run(
      program,
      {
        kubeconfig,
        'leader-elect': 'false',
        'bind-address': '127.0.0.1',
        'secure-port': `${port}`,
        'cloud-provider': 'aws',
        'cloud-config': write('cloud.conf', cloudConfigOf(world)),
        controllers: 'service-lb-controller',
        'configure-cloud-routes': 'false',
        'authentication-skip-lookup': 'true',
        'kube-api-content-type': 'application/json',
      },
      env,
    );
    return { ...cloudProvider, after: awaitReport(plane.admin, cloudProvider) };
  };

/** Everything that it would otherwise read from the metadata of its own instance. */
const cloudConfigOf = ({ vpcs, subnets }: World): string =>
  [
    '[Global]',
    `Zone = ${subnets[0]?.zone}`,
    `VPC = ${vpcs[0]?.id}`,
    `SubnetID = ${subnets[0]?.id}`,
    'KubernetesClusterID = shop',
    '',
  ].join('\n');
