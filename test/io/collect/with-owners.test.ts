import { expect, test } from 'vitest';
import { ownerQueries } from '../../../core/diagnosis/fix/owner/owner-query.ts';
import { cniNodeportSupportDisabled } from '../../../lab/scenarios/cni-nodeport-support-disabled.ts';
import { hcPathWrongStatus } from '../../../lab/scenarios/hc-path-wrong-status.ts';
import { healthy } from '../../../lab/scenarios/healthy.ts';
import { kubeProxyNodeNameMismatch } from '../../../lab/scenarios/kube-proxy-node-name-mismatch.ts';
import { objectOf } from '../../../lab/world/object.ts';
import type { World } from '../../../lab/world/world.ts';
import { auditWorld, thisSecond } from '../../scenarios/audit-world.ts';

const build = (scenario: { build: typeof healthy.build } = cniNodeportSupportDisabled): World =>
  scenario.build({ network: '127.46', now: thisSecond() });
const [managed] = cniNodeportSupportDisabled.variants;
const [selfManaged] = kubeProxyNodeNameMismatch.variants;

async function observed(world: World) {
  const { report, calls } = await auditWorld(world);
  const diagnosis = report.diagnoses.find(({ service }) => service === 'checkout');
  const asked = calls.flatMap(({ action }) => (/Addon|Capabilit/.test(action) ? [action] : []));
  const gaps = report.coverage.gaps.map(({ slice, reason, remedy }) => ({ slice, reason, remedy }));
  return { diagnosis, asked, gaps };
}

test.each([
  ['nothing is wrong', healthy],
  ['what is wrong concerns no add-on', hcPathWrongStatus],
])('where %s, EKS is not asked about add-ons and capabilities', async (_, scenario) => {
  const { asked, gaps } = await observed(build(scenario));
  expect({ asked, gaps }).toEqual({ asked: [], gaps: [] });
});

test('for a check that is switched off nothing is asked of EKS', async () => {
  const { facts } = await auditWorld(build());
  expect(ownerQueries(facts)).toMatchObject([{ addOns: ['vpc-cni'] }]);
  expect(ownerQueries(facts, { 'cni-nodeport-support-disabled': 'off' })).toEqual([undefined]);
});

test('an add-on that EKS does not manage is read with one call, is no gap, and its DaemonSet is changed', async () => {
  const { asked, gaps, diagnosis } = await observed(build());
  expect({ asked, gaps }).toEqual({ asked: ['DescribeAddon'], gaps: [] });
  expect(diagnosis?.fix[0]?.command).toContain('set env daemonset/aws-node');
});

test('of a managed add-on the configuration is changed, and keeps what is in it', async () => {
  const { asked, diagnosis } = await observed(build(managed));
  expect(asked).toEqual(['DescribeAddon']);
  expect(diagnosis?.fix[0]?.command).toContain(
    `--configuration-values '{"env":{"WARM_IP_TARGET":"5","AWS_VPC_CNI_NODE_PORT_SUPPORT":"true"},"enableNetworkPolicy":"false"}'`,
  );
});

test('a configuration of which something secret is left out is not put back', async () => {
  const world = build(managed);
  for (const cluster of world.clusters)
    cluster.addOnConfigurations = { 'vpc-cni': '{"env":{"API_TOKEN":"ghp_16C7e42F292c6912E7710c838347Ae178B4a"}}' };
  const { diagnosis } = await observed(world);
  expect(diagnosis?.fix[0]?.command).toContain('set env daemonset/aws-node');
});

test('a refused DescribeAddon is a gap that names what to grant', async () => {
  const world = build(managed);
  world.refusals.push({ action: 'eks:DescribeAddon', error: 'AccessDenied' });
  const { gaps, diagnosis } = await observed(world);
  expect(gaps).toEqual([
    { slice: 'addOns', reason: 'denied', remedy: expect.stringContaining('eks:DescribeAddon') as string },
  ]);
  expect(diagnosis?.fix[0]?.command).toContain('set env daemonset/aws-node');
});

test('steps for a managed add-on and for one that is not exclude each other', async () => {
  const commands = async (scenario: Parameters<typeof build>[0]) =>
    (await observed(build(scenario))).diagnosis?.fix.map(({ command = '' }) => /update-addon|patch/.exec(command)?.[0]);
  expect(await commands(kubeProxyNodeNameMismatch)).toEqual(['update-addon']);
  expect(await commands(selfManaged)).toEqual(['patch']);
});

test('capabilities are read where Argo CD writes the Service of failing targets', async () => {
  const world = build(hcPathWrongStatus);
  const [cluster] = world.clusters;
  if (cluster === undefined) throw new Error('the lab has no cluster');
  const { metadata } = objectOf(cluster, 'Service', { namespace: 'orders', name: 'checkout' });
  metadata.annotations['argocd.argoproj.io/tracking-id'] = 'storefront:/Service:orders/checkout';
  cluster.capabilities = [{ name: 'gitops', type: 'ARGOCD' }];
  const { asked, diagnosis } = await observed(world);
  expect(asked).toEqual(['ListCapabilities']);
  expect(diagnosis?.fix[0]?.manifest?.owner).toBe('Argo CD application storefront (EKS capability gitops)');
});
