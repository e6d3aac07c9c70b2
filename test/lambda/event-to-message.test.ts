import { expect, test } from 'vitest';
import { healthy } from '../../lab/scenarios/healthy.ts';
import { podCrashloop } from '../../lab/scenarios/pod-crashloop.ts';
import { fresh } from '../../scripts/faults/functions/fresh.ts';
import { contextOf } from '../../scripts/faults/functions/lambda-context.ts';
import { contributorEvent, moveTurn, sqsRecord } from '../../scripts/faults/functions/trigger-events.ts';
import { deploy } from './deployment.ts';

const network = '127.55';
const sound = healthy.build({ network });
const broken = podCrashloop.build({ network });
const failing = broken.targetHealth.find(({ state }) => state === 'unhealthy')?.targetGroupArn ?? '';
const { vpcId = '' } = broken.targetGroups.find(({ arn }) => arn === failing) ?? {};

test('from the alarm to the message in Slack, and from its end to the message that it is over, with no scheduled run in between', async () => {
  const { audit, drain, lab } = await deploy(sound, { auditors: { [vpcId]: 'the-auditor' } });
  const { handler } = await fresh<typeof import('../../lambda/trigger.ts')>('trigger');
  await audit({ time: '2026-11-22T10:00:00Z' }, contextOf('run-1'));

  for (const { world, state, headline } of [
    { world: broken, state: 'ALARM', headline: 'Unhealthy' },
    { world: sound, state: 'OK', headline: 'Resolved' },
  ] as const) {
    await lab.apply(world);
    lab.deliveries.length = 0;
    await handler({ Records: [sqsRecord(contributorEvent(failing, state), Date.now())] }, contextOf('trigger'));
    const [started] = lab.deliveries.map(({ body }) => body['event'] as Parameters<typeof audit>[0]);
    if (started === undefined) throw new Error('nothing was started');
    expect(started).toMatchObject({ targetGroups: [failing] });
    await audit(started, contextOf('run-2'));
    expect(await drain()).toEqual([]);
    const said = lab.deliveries.flatMap(({ channel, body }) => (channel === 'slack' ? String(body['text']) : []));
    expect(said).toEqual([expect.stringContaining(headline)]);
    await moveTurn(failing, 61);
  }
});
