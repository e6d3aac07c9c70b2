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
import { type ControlPlane, startControlPlane } from '../kubernetes/control-plane.ts';
import { identifyAuditor } from '../kubernetes/engines.ts';
import type { Programs } from '../kubernetes/find-api-server.ts';
import { loadCluster } from '../kubernetes/load-cluster.ts';
import { grantShippedRole, installDefinitions } from '../kubernetes/prepare-cluster.ts';
import type { Program } from '../kubernetes/program.ts';
import { makeWorld } from '../moto/make-world.ts';
import type { Names } from '../moto/names.ts';
import { startMoto } from '../moto/server.ts';
import { type Bridge, bridgeTo } from './bridge.ts';
import { adminKubeconfig, startControllerManager } from './controller-manager.ts';

/** A controller that makes load balancers. */
export interface Controller extends Program {
  /** Does it, and waits until the controller is done with what follows from it for the Service of that name. */
  after(name: string, work: () => Promise<unknown>): Promise<void>;
}

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
  controller: Controller;
  close(): Promise<void>;
}

const credentials = { accessKeyId: accessKey.id, secretAccessKey: accessKey.secret };

/** What a controller of load balancers is started with. */
export interface Place {
  plane: ControlPlane;
  env: Record<string, string>;
  /** Path of a kubeconfig of the administrator. */
  kubeconfig: string;
  /** The world under the names that moto gave its resources. */
  world: World;
  /** Writes a file that goes with the cluster; its path. */
  write(name: string, text: string): string;
}

interface Start {
  programs: Programs & { controllerManager: string };
  world: World;
  start(place: Place): Promise<Controller>;
}

/** Makes the account, loads the cluster without its EndpointSlices, and starts the controllers. */
export async function startLiveCluster({ programs, world, start }: Start): Promise<LiveCluster> {
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
    const controller = await start({ plane, env, kubeconfig, world: there, write });
    open.push(controller.stop);
    const person = { endpoint: bridge.url, region: world.region, credentials };
    const ec2 = new EC2Client(person);
    const elbv2 = new ElasticLoadBalancingV2Client(person);
    open.push(async () => {
      for (const client of [ec2, elbv2]) client.destroy();
    });
    return { plane, bridge, ec2, elbv2, names, env, controller, close };
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
