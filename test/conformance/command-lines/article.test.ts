import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoWorld } from '../../../lab/demo.ts';
import type { Lab } from '../../../lab/lab.ts';
import { startLab } from '../../../lab/start.ts';
import { objectOf, objectsOf } from '../../../lab/world/object.ts';
import { output } from '../../lab/wire/command-line.ts';
import { findEngine } from '../engines/kubectl.ts';

const world = demoWorld();
const namespace = 'orders';
const name = 'checkout';
const [shop] = world.clusters;

if (shop === undefined) throw new Error('the demo has no cluster');
const service = objectOf(shop, 'Service', { namespace, name });
const pod = objectsOf(shop, 'Pod').find(
  ({ metadata }) => metadata.namespace === namespace && metadata.labels['app'] === name,
);
if (pod === undefined) throw new Error('the demo has no such Pod');
const podName = pod.metadata.name;
const context = shop.cluster.arn;
const payments = world.clusters.find(({ cluster }) => cluster.name === 'payments');

/** The commands by which AWS's article on unhealthy targets looks for the cause, against a crash loop. */
describe.skipIf(!findEngine().found)('kubectl', () => {
  let home: string;
  let lab: Lab;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'article-'));
    lab = await startLab(world, { sockets: false });
    await writeFile(join(home, 'config'), lab.kubeconfig);
  });
  afterAll(async () => {
    await lab.close();
    await rm(home, { recursive: true });
  });
  const kubectl = (command: string): Promise<string> =>
    output('kubectl', [...command.split(' '), '--context', context, '-n', namespace], {
      HOME: home,
      KUBECONFIG: join(home, 'config'),
    });

  test('get service -o yaml shows the annotations', async () => {
    const printed = await kubectl(`get service ${name} -o yaml`);
    for (const [key, value] of Object.entries(service.metadata.annotations)) {
      expect(printed).toMatch(new RegExp(`${key}: "?${value.replaceAll('/', '\\/')}"?`));
    }
  });

  test('get service -o json is the object itself', async () => {
    expect(JSON.parse(await kubectl(`get service ${name} -o json`))).toEqual(service);
  });

  test('get endpoints -o yaml names the pods behind the Service', async () => {
    const { subsets } = JSON.parse(await kubectl(`get endpoints ${name} -o json`));
    const addresses = (subsets as { notReadyAddresses?: { ip: string }[] }[]).flatMap(
      ({ notReadyAddresses = [] }) => notReadyAddresses,
    );
    expect(addresses.map(({ ip }) => ip)).toContain(pod.status.podIP);
    expect(await kubectl(`get endpoints ${name} -o yaml`)).toContain('kind: Endpoints');
  });

  test('describe service shows selector, node port and endpoints', async () => {
    const printed = await kubectl(`describe service ${name}`);
    expect(printed).toMatch(/Selector: +app=checkout/);
    expect(printed).toMatch(new RegExp(`NodePort: +\\S+ +${service.spec.ports[0].nodePort}/TCP`));
    expect(printed).toMatch(/Endpoints:/);
  });

  test('describe pod tells the last state', async () => {
    const printed = await kubectl(`describe pod ${podName}`);
    expect(printed).toMatch(/Reason: +CrashLoopBackOff/);
    expect(printed).toMatch(/Last State: +Terminated/);
    expect(printed).toMatch(/Warning +BackOff/);
  });

  test('get pod --show-labels shows the labels', async () => {
    const labels = Object.entries(pod.metadata.labels).map(([key, value]) => `${key}=${value}`);
    const line = (await kubectl('get pod --show-labels')).split('\n').find((each) => each.startsWith(podName));
    for (const label of labels) expect(line).toContain(label);
  });

  test('get pods -o wide shows restarts, address and node', async () => {
    const line = (await kubectl('get pods -o wide')).split('\n').find((each) => each.startsWith(podName));
    const { podIP, containerStatuses } = pod.status;
    expect(line).toMatch(
      new RegExp(`0/1 +CrashLoopBackOff +${containerStatuses?.[0]?.restartCount} .*${podIP} +${pod.spec.nodeName}`),
    );
  });

  test('logs of this run and of the one before', async () => {
    const logs = shop.logs[`${namespace}/${podName}/${pod.spec.containers[0].name}`];
    expect(await kubectl(`logs ${podName}`)).toBe(logs?.current.map((line) => `${line}\n`).join(''));
    expect(await kubectl(`logs ${podName} --previous`)).toBe(logs?.previous?.map((line) => `${line}\n`).join(''));
  });

  test('the daemon set of kube-proxy has the arguments that the article mends', async () => {
    const printed = await output(
      'kubectl',
      ['get', 'daemonset', 'kube-proxy', '-n', 'kube-system', '-o', 'yaml', '--context', payments?.cluster.arn ?? ''],
      { HOME: home, KUBECONFIG: join(home, 'config') },
    );
    expect(printed).toContain('--config=/var/lib/kube-proxy-config/config');
  });
});
