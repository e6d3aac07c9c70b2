import { describe, expect } from 'vitest';
import { output } from '../../lab/wire/command-line.ts';
import { test as labTest } from '../../lab/wire/lab-fixture.ts';
import { targetGroupArn } from '../../lab/wire/small-world.ts';
import { findEngine } from '../engines/aws-cli.ts';

const test = labTest.extend<{ aws(command: string): Promise<Record<string, unknown>> }>({
  aws: async ({ start }, use) => {
    const { env } = await start();
    await use(async (command) => JSON.parse(await output('aws', command.split(' '), env)) as Record<string, unknown>);
  },
});

// The CLI takes most of a second to start.
describe.skipIf(!findEngine().found)('aws-cli', () => {
  test('reads target health', async ({ aws }) => {
    const answer = await aws(`elbv2 describe-target-health --target-group-arn ${targetGroupArn}`);
    expect(answer['TargetHealthDescriptions']).toMatchObject([
      { TargetHealth: { State: 'healthy' } },
      { Target: { Id: 'i-00000000000000002', Port: 30080 }, TargetHealth: { Reason: 'Target.FailedHealthChecks' } },
    ]);
  });

  test('reads security groups with filters', async ({ aws }) => {
    const answer = await aws('ec2 describe-security-groups --filters Name=group-name,Values=node*');
    expect(answer['SecurityGroups']).toMatchObject([
      { GroupId: 'sg-0aaaaaaaaaaaaaaa1', IpPermissions: [{ FromPort: 30000 }] },
    ]);
  });

  test('reads instances page by page', async ({ aws }) => {
    const { Reservations } = await aws('ec2 describe-instances --page-size 5');
    expect(Reservations).toHaveLength(12);
  });

  test('lists and describes clusters', async ({ aws }) => {
    expect(await aws('eks list-clusters')).toEqual({ clusters: ['shop'] });
    const { cluster } = await aws('eks describe-cluster --name shop');
    expect(cluster).toMatchObject({ status: 'ACTIVE', createdAt: Date.parse('2026-10-01T08:00:00Z') / 1000 });
  });

  test('knows who it is', async ({ aws }) => {
    expect(await aws('sts get-caller-identity')).toMatchObject({ Account: '111122223333' });
  });

  test('reads and writes the table', async ({ start }) => {
    const { env } = await start();
    const aws = (...args: string[]) => output('aws', ['dynamodb', ...args, '--table-name', 'eks-nlb-auditor'], env);
    await aws('put-item', '--item', '{"pk":{"S":"a"},"sk":{"S":"b"}}');
    expect(JSON.parse(await aws('scan'))).toMatchObject({ Items: [{ pk: { S: 'a' }, sk: { S: 'b' } }] });
  });
});
