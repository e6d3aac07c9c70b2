import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  EKSClient,
  ListAccessEntriesCommand,
  ListAddonsCommand,
  ListClustersCommand,
  paginateListClusters,
} from '@aws-sdk/client-eks';
import { describe, expect } from 'vitest';
import { clientOf, test } from './lab-fixture.ts';
import { cluster, vpcId } from './small-world.ts';

describe('EKS of the lab', () => {
  test('describes a cluster whose endpoint and certificate authority work', async ({ start }) => {
    const lab = await start();
    const eks = new EKSClient(clientOf(lab));
    const { cluster: described } = await eks.send(new DescribeClusterCommand({ name: 'shop' }));
    expect(described).toMatchObject({
      name: 'shop',
      status: 'ACTIVE',
      endpoint: lab.world.clusters[0]?.cluster.endpoint,
      createdAt: new Date('2026-10-01T08:00:00.000Z'),
      resourcesVpcConfig: { vpcId, clusterSecurityGroupId: 'sg-0aaaaaaaaaaaaaaa1', endpointPrivateAccess: true },
      kubernetesNetworkConfig: { ipFamily: 'ipv4', elasticLoadBalancing: { enabled: false } },
      accessConfig: { authenticationMode: 'API' },
      tags: { team: 'shop' },
    });
    expect(described?.endpoint).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const authority = Buffer.from(described?.certificateAuthority?.data ?? '', 'base64').toString();
    expect(authority).toContain('-----BEGIN CERTIFICATE-----');
  });

  test('gives a cluster in creation no endpoint', async ({ start }) => {
    const { cluster: young, ...rest } = cluster('young');
    const lab = await start({ clusters: [{ ...rest, cluster: { ...young, status: 'CREATING' } }] });
    const { cluster: described } = await new EKSClient(clientOf(lab)).send(
      new DescribeClusterCommand({ name: 'young' }),
    );
    expect(described?.status).toBe('CREATING');
    expect(described).not.toHaveProperty('endpoint');
    expect(described).not.toHaveProperty('certificateAuthority');
  });

  test('pages through clusters', async ({ start }) => {
    const client = new EKSClient(clientOf(await start({ clusters: ['a', 'b', 'c'].map((name) => cluster(name)) })));
    const pages: (string[] | undefined)[] = [];
    for await (const { clusters } of paginateListClusters({ client, pageSize: 2 }, {})) pages.push(clusters);
    expect(pages).toEqual([['a', 'b'], ['c']]);
    const tooMany = client.send(new ListClustersCommand({ maxResults: 101 }));
    await expect(tooMany).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('lists add-ons and access entries, and says what it cannot find', async ({ start }) => {
    const eks = new EKSClient(clientOf(await start()));
    expect((await eks.send(new ListAddonsCommand({ clusterName: 'shop' }))).addons).toEqual([]);
    expect((await eks.send(new ListAccessEntriesCommand({ clusterName: 'shop' }))).accessEntries).toEqual([
      'arn:aws:iam::111122223333:role/eks-nlb-auditor',
    ]);
    const notFound = { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } };
    await expect(eks.send(new DescribeClusterCommand({ name: 'gone' }))).rejects.toMatchObject(notFound);
    const addon = eks.send(new DescribeAddonCommand({ clusterName: 'shop', addonName: 'vpc-cni' }));
    await expect(addon).rejects.toMatchObject(notFound);
  });
});
