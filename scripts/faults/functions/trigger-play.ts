import { randomUUID } from 'node:crypto';
import type { SQSRecord } from 'aws-lambda';
import { itemKeys } from '../../../io/store/item-key.ts';
import { healthy } from '../../../lab/scenarios/healthy.ts';
import { type Deployment, deploy, type Item, served } from './deployment.ts';
import { fresh } from './fresh.ts';
import { contextOf } from './lambda-context.ts';
import type { Play } from './play.ts';
import { changeEvent, contributorEvent, moveTurn, sqsRecord } from './trigger-events.ts';

type Handler = typeof import('../../../lambda/trigger.ts')['handler'];

const securityGroup = 'sg-0aaaaaaaaaaaaaa01';
/** How often a queue hands over an event before it gives it up. */
const retries = 5;

/** The trigger: every target group that an alarm or a change is about is audited, if not at once, then when its event comes again. */
export async function triggerPlay(): Promise<Play & { deployment: Deployment }> {
  const world = healthy.build({ network: '127.63' });
  const [alarmed, changed] = world.targetGroups;
  if (alarmed === undefined || changed === undefined) throw new Error('the lab has too few target groups');
  const deployment = await deploy(world, { auditors: { [alarmed.vpcId]: 'the-auditor' } });
  const { lab, restore } = deployment;
  await lab.apply(served(lab.world, deployment));
  const setup = { [`security-group rule of ${securityGroup}: TCP 30000 from 10.0.0.0/16`]: 'present' };
  const keys = itemKeys(`111122223333/eu-west-1/${alarmed.vpcId}`);
  const baseline: Item = { ...keys.setup(changed.arn), setup };
  let left: SQSRecord[] = [];

  async function trigger(): Promise<void> {
    const { handler } = await fresh<{ handler: Handler }>('trigger');
    const { batchItemFailures } = await handler({ Records: left }, contextOf(randomUUID()));
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    left = left.filter(({ messageId }) => failed.has(messageId));
  }
  const audited = (): string[] =>
    lab.deliveries.flatMap(({ body }) => (body['event'] as { targetGroups: string[] }).targetGroups);

  return {
    deployment,
    // lib/triggers/triggers.ts
    allottedMs: 40_000,
    async begin() {
      await restore([baseline]);
      lab.deliveries.length = 0;
      const sentAt = Date.now() - 60_000;
      const change = changeEvent('ec2', 'RevokeSecurityGroupIngress', { groupId: securityGroup, ipPermissions: {} });
      left = [sqsRecord(contributorEvent(alarmed.arn), sentAt), sqsRecord(change, sentAt)];
    },
    act: trigger,
    during: () => [],
    async recover() {
      for (let tries = 0; left.length > 0 && tries < retries; tries += 1) {
        // A minute later.
        for (const { arn } of [alarmed, changed]) await moveTurn(arn);
        await trigger();
      }
      const all = audited();
      return {
        duplicates: all.length - new Set(all).size,
        violations: [
          ...[alarmed, changed].filter(({ arn }) => !all.includes(arn)).map(({ arn }) => `is never audited: ${arn}`),
          ...all.filter((arn) => arn !== alarmed.arn && arn !== changed.arn).map((arn) => `is audited: ${arn}`),
          ...left.map(({ messageId }) => `comes again for ever: ${messageId}`),
        ],
      };
    },
    close: deployment.close,
  };
}
