import { expect, test } from 'vitest';
import { servicePortWithoutListener } from '../../lab/scenarios/service-port-without-listener.ts';
import { settle } from '../../lab/settle.ts';
import { buildAccount } from '../../lab/world/account.ts';
import { addCluster } from '../../lab/world/cluster.ts';
import { addWorkload } from '../../lab/world/pod/workload.ts';
import { addService } from '../../lab/world/service.ts';
import type { World } from '../../lab/world/world.ts';
import { contextOf } from '../../scripts/faults/functions/lambda-context.ts';
import { deploy } from './deployment.ts';

const network = '127.67';
const [earlier, later] = ['2026-11-22T10:00:00Z', '2026-11-22T10:05:00Z'];
const offline = { sockets: false };
const http = { name: 'http', port: 80, targetPort: 8080 };
const admin = { name: 'admin', port: 9090, targetPort: 8080 };

/** A healthy Service of these ports. */
function served(...ports: [typeof http, ...(typeof http)[]]): World {
  const world = buildAccount({ network });
  const cluster = addCluster(world, { name: 'shop' });
  const place = { namespace: 'orders', name: 'checkout' };
  addWorkload(world, cluster, place);
  addService(world, cluster, { ...place, ports });
  return settle(world);
}

test('a port that a Service got since its listeners were read is served, and no run says otherwise', async () => {
  const { audit, lab } = await deploy(served(http), {}, offline);
  const before = await audit({ time: earlier }, contextOf('run-1'));
  await lab.apply(served(http, admin));
  const from = lab.calls.length;
  const after = await audit({ time: later }, contextOf('run-2'));
  expect(lab.calls.slice(from).filter(({ action }) => action === 'DescribeListeners')).toHaveLength(1);
  expect([before, after]).toMatchObject([{ diagnoses: none }, { diagnoses: none }]);
});

test('listeners of a target group with a finding are read again, so that the run after the fix sees it', async () => {
  const { audit, lab } = await deploy(servicePortWithoutListener.build({ network }), {}, offline);
  expect(await audit({ time: earlier }, contextOf('run-1'))).toMatchObject({ diagnoses: { ...none, unserved: 1 } });
  await lab.apply(served(http));
  expect(await audit({ time: later }, contextOf('run-2'))).toMatchObject({ diagnoses: none });
});

const none = { unhealthy: 0, unserved: 0, unexplained: 0 };
