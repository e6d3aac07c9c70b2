import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  DescribeAccessEntryCommand,
  EKSClient,
  ListAssociatedAccessPoliciesCommand,
} from '@aws-sdk/client-eks';
import { expect, onTestFinished, test, vi } from 'vitest';
import { healthy } from '../../lab/scenarios/healthy.ts';
import { startLab } from '../../lab/start.ts';
import type { World } from '../../lab/world/world.ts';
import { handler } from '../../lambda/reconciler.ts';
import { assertConforming } from '../service-model/assert-conforming.ts';

const world = healthy.build();
const [lead] = world.clusters;
if (lead === undefined) throw new Error('the healthy world has no cluster');
const { vpcId } = lead.cluster;
const principalArn = 'arn:aws:iam::111122223333:role/auditor-of-the-stack';
const policyArns = ['AmazonEKSViewPolicy', 'AmazonAIOpsAssistantPolicy'].map(
  (name) => `arn:aws:eks::aws:cluster-access-policy/${name}`,
);
const entry = { principalArn, kubernetesGroups: ['eks-nlb-auditor:viewers'], policyArns };

/** The lead cluster under other names, each with a difference. */
const withClusters = (...differences: object[]): World => ({
  ...world,
  clusters: differences.map((difference) => ({ ...lead, cluster: { ...lead.cluster, ...difference } })),
});

async function openLab(given: World, settings = { vpcIds: [vpcId], entry }) {
  const lab = await startLab(given, { sockets: false });
  onTestFinished(async () => {
    await lab.close();
    assertConforming(lab.calls);
  });
  const environment = { ...lab.env, AUDITOR_SETTINGS: JSON.stringify(settings) };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const lines: string[] = [];
  const output = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  onTestFinished(() => output.mockRestore());
  const client = new EKSClient();
  onTestFinished(() => client.destroy());
  const changes = () => lab.calls.filter(({ action }) => /^(Create|Associate)/.test(action)).length;
  return { client, changes, lines };
}

test('a cluster without the entry gets it, with the group and both policies for the whole cluster, once', async () => {
  const { client, changes } = await openLab(withClusters({ name: 'shop' }));
  expect(await handler()).toEqual([{ cluster: 'shop', outcome: 'granted' }]);

  const { accessEntry } = await client.send(new DescribeAccessEntryCommand({ clusterName: 'shop', principalArn }));
  expect(accessEntry).toMatchObject({ type: 'STANDARD', kubernetesGroups: ['eks-nlb-auditor:viewers'] });
  const { associatedAccessPolicies = [] } = await client.send(
    new ListAssociatedAccessPoliciesCommand({ clusterName: 'shop', principalArn }),
  );
  expect(associatedAccessPolicies.map(({ policyArn, accessScope }) => [policyArn, accessScope?.type])).toEqual(
    policyArns.map((arn) => [arn, 'cluster']),
  );
  const before = changes();
  expect(before).toBe(3);
  expect(await handler()).toEqual([{ cluster: 'shop', outcome: 'present' }]);
  expect(changes()).toBe(before);
});

test('an entry that was left without policies gets them', async () => {
  const { client, changes } = await openLab(withClusters({ name: 'shop' }));
  await client.send(new CreateAccessEntryCommand({ clusterName: 'shop', principalArn }));
  expect(await handler()).toEqual([{ cluster: 'shop', outcome: 'granted' }]);
  expect(changes()).toBe(3);
});

test('an entry that got some of its policies gets the others', async () => {
  const { client, changes } = await openLab(withClusters({ name: 'shop' }));
  await client.send(new CreateAccessEntryCommand({ clusterName: 'shop', principalArn }));
  const [policyArn] = policyArns;
  await client.send(
    new AssociateAccessPolicyCommand({
      clusterName: 'shop',
      principalArn,
      policyArn,
      accessScope: { type: 'cluster' },
    }),
  );
  expect(await handler()).toEqual([{ cluster: 'shop', outcome: 'granted' }]);
  expect(changes()).toBe(3);
  expect(await handler()).toEqual([{ cluster: 'shop', outcome: 'present' }]);
});

test('where the ClusterRole grants everything the entry has the group alone', async () => {
  const { changes } = await openLab(withClusters({ name: 'shop' }), {
    vpcIds: [vpcId],
    entry: { ...entry, policyArns: [] },
  });
  expect(await handler()).toEqual([{ cluster: 'shop', outcome: 'granted' }]);
  expect(await handler()).toEqual([{ cluster: 'shop', outcome: 'present' }]);
  expect(changes()).toBe(1);
});

test('clusters of other VPCs, in creation, or without access entries are left alone', async () => {
  const { changes } = await openLab(
    withClusters(
      { name: 'elsewhere', vpcId: 'vpc-0aaaaaaaaaaaaaa09' },
      { name: 'old', authenticationMode: 'CONFIG_MAP' },
      { name: 'young', status: 'CREATING' },
    ),
  );
  expect(await handler()).toEqual([]);
  expect(changes()).toBe(0);
});

test('a refusal fails the function, is told in the log, and keeps no other cluster from its entry', async () => {
  const refused = { action: 'eks:CreateAccessEntry', error: 'AccessDenied' as const, times: 1 };
  const { lines, changes } = await openLab({
    ...withClusters({ name: 'closed' }, { name: 'shop' }),
    refusals: [refused],
  });
  await expect(handler()).rejects.toThrow('no access to closed');
  expect(lines.map((line) => JSON.parse(line)).map(({ message, cluster }) => [message, cluster])).toEqual([
    ['access granted', 'shop'],
    ['access refused', 'closed'],
  ]);
  expect(changes()).toBe(4);
});
