import { expect } from 'vitest';
import { startLab } from '../../../lab/start.ts';
import { output } from './command-line.ts';
import { test } from './lab-fixture.ts';
import { cluster, smallWorld, socket } from './small-world.ts';

const openHandles = () =>
  process
    .getActiveResourcesInfo()
    .filter((name) => /TCP|Process|Pipe/.test(name))
    .toSorted();

test('a lab leaves nothing open when it is closed', async () => {
  const before = openHandles();
  const sockets = [socket('127.66.3.1', 8080, { kind: 'tcp' }), socket('127.66.3.1', 8081, { kind: 'silent' })];
  const lab = await startLab(smallWorld({ sockets }));
  expect(openHandles().length).toBeGreaterThan(before.length);
  await lab.close();
  await expect.poll(() => openHandles().length).toBeLessThanOrEqual(before.length);
  await expect(fetch(lab.env['AWS_ENDPOINT_URL'] ?? '')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
});

test('a lab that cannot start leaves nothing open', async () => {
  const before = openHandles();
  const sockets = [socket('127.66.3.1', 8080, { kind: 'tcp' }), socket('192.0.2.1', 8080, { kind: 'tcp' })];
  await expect(startLab(smallWorld({ sockets }))).rejects.toThrow('192.0.2.1');
  await expect.poll(() => openHandles().length).toBeLessThanOrEqual(before.length);
});

test('clusters come and go with the world, in the kubeconfig too', async ({ start }) => {
  const lab = await start({ clusters: [cluster('a')] });
  const endpointOfA = lab.world.clusters[0]?.cluster.endpoint ?? '';
  await lab.apply(smallWorld({ clusters: [cluster('b')] }));
  const { contexts } = JSON.parse(lab.kubeconfig) as { contexts: { name: string }[] };
  expect(contexts.map(({ name }) => name)).toEqual(['arn:aws:eks:eu-west-1:111122223333:cluster/b']);
  await expect(fetch(endpointOfA)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
});

test('its environment is all that an SDK client in another process needs', async ({ start }) => {
  const { env } = await start();
  const program = `const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    console.log((await new STSClient({}).send(new GetCallerIdentityCommand({}))).Account);`;
  expect(await output('node', ['--input-type=module', '-e', program], env)).toBe('111122223333\n');
});

test('a world is not changed by being served', async ({ start }) => {
  const world = smallWorld();
  const before = structuredClone(world);
  const lab = await start(world);
  expect(world).toEqual(before);
  expect(lab.world.clusters[0]?.cluster.endpoint).not.toBe('');
});
