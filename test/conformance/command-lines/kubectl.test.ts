import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { output } from '../../lab/wire/command-line.ts';
import { test as labTest } from '../../lab/wire/lab-fixture.ts';
import { findEngine } from '../engines/kubectl.ts';

const test = labTest.extend<{ kubectl(...args: string[]): Promise<string> }>({
  kubectl: async ({ start }, use) => {
    const home = await mkdtemp(join(tmpdir(), 'lab-kubectl-'));
    const { kubeconfig } = await start();
    await writeFile(join(home, 'config'), kubeconfig);
    await use((...args) => output('kubectl', args, { HOME: home, KUBECONFIG: join(home, 'config') }));
    await rm(home, { recursive: true });
  },
});

describe.skipIf(!findEngine().found)('kubectl', () => {
  test('prints tables of all that matters', async ({ kubectl }) => {
    const printed = await kubectl('get', 'svc,pods,nodes,endpointslices', '-A');
    expect(printed).toMatch(/shop +service\/web +LoadBalancer +172\.20\.0\.9 +web\.elb\.\S+ +80:30080\/TCP/);
    expect(printed).toMatch(/shop +pod\/web-1 +1\/1 +Running +3/);
    expect(printed).toMatch(/node\/ip-10-0-1-10\S* +Ready +<none> +\S+ +v1\.33\.5-eks-113cf36/);
    expect(printed).toMatch(/endpointslice\.discovery\.k8s\.io\/web-abc12 +IPv4 +8080 +10\.0\.1\.20/);
  });

  test('describes a pod with its events', async ({ kubectl }) => {
    expect(await kubectl('describe', 'pod', 'web-1', '-n', 'shop')).toMatch(/Warning +BackOff .*Back-off restarting/);
  });

  test('shows logs of this run and of the one before', async ({ kubectl }) => {
    expect(await kubectl('logs', 'web-1', '-n', 'shop', '--tail', '1')).toBe('three\n');
    expect(await kubectl('logs', 'web-1', '-n', 'shop', '--previous')).toBe('panic: out of luck\n');
  });

  test('pages, selects, and reports what is missing', async ({ kubectl }) => {
    const names = await kubectl('get', 'pods', '-A', '--chunk-size=1', '-l', 'app=web', '-o', 'name');
    expect(names).toBe('pod/web-1\npod/web-2\n');
    await expect(kubectl('get', 'pod', 'gone', '-n', 'shop')).rejects.toThrow('pods "gone" not found');
  });
});
