import { expect, test } from 'vitest';
import { uncovered } from '../../../core/diagnosis/uncovered.ts';
import type { Cluster, TargetGroup } from '../../../core/model/aws.ts';
import { healthy } from '../../../lab/scenarios/healthy.ts';

const { clusters, targetGroups } = healthy.build();
const [cluster] = clusters.map((each) => each.cluster);
const [targetGroup] = targetGroups;
if (cluster === undefined || targetGroup === undefined) throw new Error('the healthy world is empty');

const clusterIn = (vpcId: string): Cluster => ({ ...cluster, vpcId });
const groupIn = (vpcId: string, loadBalancerArns = ['arn']): TargetGroup => ({
  ...targetGroup,
  vpcId,
  loadBalancerArns,
});

test('a cluster in another VPC is named with the VPC to add', () => {
  expect(uncovered(['vpc-1'], { clusters: [clusterIn('vpc-1'), clusterIn('vpc-2')], targetGroups: [] })).toMatchObject([
    {
      scope: { kind: 'cluster', name: cluster.name },
      reason: 'not-requested',
      message: `cluster ${cluster.name} is in vpc-2, which no auditor covers`,
      remedy: 'Add vpc-2 to vpcs in auditor.config.json and deploy.',
    },
  ]);
});

test('a VPC with load balancers and no cluster is named once', () => {
  const targets = [groupIn('vpc-1'), groupIn('vpc-3'), groupIn('vpc-3')];
  expect(uncovered(['vpc-1'], { clusters: [clusterIn('vpc-1')], targetGroups: targets })).toMatchObject([
    { message: '2 target groups are in vpc-3, which no auditor covers' },
  ]);
});

test('target groups that no load balancer uses, and those beside an uncovered cluster, are not named again', () => {
  const targets = [groupIn('vpc-2'), groupIn('vpc-3', [])];
  const gaps = uncovered(['vpc-1'], { clusters: [clusterIn('vpc-2')], targetGroups: targets });
  expect(gaps.map(({ message }) => message)).toEqual([`cluster ${cluster.name} is in vpc-2, which no auditor covers`]);
});
