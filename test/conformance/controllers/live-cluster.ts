import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { accessEntries } from '../../../lab/wire/access-entries.ts';
import { accessKey } from '../../../lab/wire/aws/credential.ts';
import { serveAws } from '../../../lab/wire/aws/endpoint.ts';
import { eks } from '../../../lab/wire/eks.ts';
import { clusterOf } from '../../../lab/world/cluster.ts';
import type { World } from '../../../lab/world/world.ts';
import type { ControllerPrograms } from '../engines/controllers.ts';
import { type ControlPlane, startControlPlane } from '../kubernetes/control-plane.ts';
import { identifyAuditor } from '../kubernetes/engines.ts';
import { freePorts } from '../kubernetes/free-ports.ts';
import { loadCluster } from '../kubernetes/load-cluster.ts';
import { grantShippedRole, installDefinitions } from '../kubernetes/prepare-cluster.ts';
import { type Program, run } from '../kubernetes/program.ts';
import { makeWorld } from '../moto/make-world.ts';
import type { Names } from '../moto/names.ts';
import { startMoto } from '../moto/server.ts';
import { type Bridge, bridgeTo } from './bridge.ts';
import { adminKubeconfig, startControllerManager } from './controller-manager.ts';

/** The account and the cluster `shop` of a world, in moto and in a real API server, with real controllers at work on them. */
export interface LiveCluster {
  plane: ControlPlane;
  bridge: Bridge;
  /** Clients of the account, as a person has them. */
  ec2: EC2Client;
  elbv2: ElasticLoadBalancingV2Client;
  names: Names;
  /** Points the SDK, the AWS CLI and the product at the account. */
  env: Record<string, string>;
  cloudProvider: Program;
  close(): Promise<void>;
}

const credentials = { accessKeyId: accessKey.id, secretAccessKey: accessKey.secret };

/** Makes the account, loads the cluster without its EndpointSlices, and starts the controllers. */
export async function startLiveCluster(programs: ControllerPrograms, world: World): Promise<LiveCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'controllers-'));
  const open: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true })];
  const close = async () => {
    for (const each of open.splice(0).toReversed()) await each();
  };
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  try {
    const moto = await startMoto(world);
    open.push(moto.close);
    const bridge = await bridgeTo(moto.url);
    open.push(bridge.close);
    const names = await makeWorld(moto.url, world);
    const plane = await startControlPlane(programs, { identify: identifyAuditor });
    open.push(plane.close);
    await installDefinitions(plane.admin);
    await grantShippedRole(plane.admin);

    const there = translated(world, names);
    const cluster = clusterOf(there, 'shop');
    const { refusals } = await loadCluster(plane, {
      ...cluster,
      objects: cluster.objects.filter(({ kind }) => kind !== 'EndpointSlice'),
    });
    if (refusals.length > 0) throw new Error(refusals.join('\n'));

    const { endpoint, certificateAuthority } = plane;
    const served = { ...cluster, cluster: { ...cluster.cluster, endpoint, certificateAuthority } };
    const described = await serveAws(
      { ...there, clusters: [served] },
      { services: { eks: eks(accessEntries()) }, admit: () => true, record: () => undefined },
    );
    open.push(described.close);
    const env = {
      ...moto.env,
      AWS_ENDPOINT_URL: bridge.url,
      AWS_ENDPOINT_URL_EKS: described.url,
      AWS_ACCESS_KEY_ID: accessKey.id,
      AWS_SECRET_ACCESS_KEY: accessKey.secret,
    };
    const kubeconfig = write('kubeconfig.json', adminKubeconfig(plane));
    open.push((await startControllerManager(programs.controllerManager, kubeconfig)).stop);
    const [port] = await freePorts(1);
    const cloudConfig = write('cloud.conf', cloudConfigOf(there));
    const cloudProvider = run(
      programs.cloudProvider,
      {
        kubeconfig,
        'leader-elect': 'false',
        'bind-address': '127.0.0.1',
        'secure-port': `${port}`,
        'cloud-provider': 'aws',
        'cloud-config': cloudConfig,
        controllers: 'service-lb-controller',
        'configure-cloud-routes': 'false',
        'authentication-skip-lookup': 'true',
        'kube-api-content-type': 'application/json',
      },
      env,
    );
    open.push(cloudProvider.stop);
    const person = { endpoint: bridge.url, region: world.region, credentials };
    const ec2 = new EC2Client(person);
    const elbv2 = new ElasticLoadBalancingV2Client(person);
    open.push(async () => {
      for (const client of [ec2, elbv2]) client.destroy();
    });
    return { plane, bridge, ec2, elbv2, names, env, cloudProvider, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The world under the names that moto gave its resources. */
function translated(world: World, names: Names): World {
  const ours = [
    ...world.vpcs,
    ...world.subnets,
    ...world.instances,
    ...world.securityGroups,
    ...world.networkInterfaces,
  ].map(({ id }) => id);
  return JSON.parse(ours.reduce((all, id) => all.replaceAll(id, names.get(id)), JSON.stringify(world)));
}

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
