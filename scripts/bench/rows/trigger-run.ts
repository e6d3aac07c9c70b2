/** One incident in the lab, from the event of its alarm to the message in Slack; prints the milliseconds as JSON. */
import type { Context, SQSEvent } from 'aws-lambda';
import { healthy } from '../../../lab/scenarios/healthy.ts';
import { podCrashloop } from '../../../lab/scenarios/pod-crashloop.ts';
import { startLab } from '../../../lab/start.ts';
import { contextOf } from '../../faults/functions/lambda-context.ts';
import { collectStream } from '../../faults/functions/stream-records.ts';
import { contributorEvent, sqsRecord } from '../../faults/functions/trigger-events.ts';
import type { TriggerRun } from './trigger.ts';

type Handler = (event: unknown, context: Context) => Promise<unknown>;

const sound = healthy.build();
const broken = podCrashloop.build();
const failing = broken.targetHealth.find(({ state }) => state === 'unhealthy')?.targetGroupArn ?? '';
const { vpcId = '' } = broken.targetGroups.find(({ arn }) => arn === failing) ?? {};
const slackWebhookSecret = 'eks-nlb-auditor/slack-webhook';
const lab = await startLab(sound);
const settings = {
  name: 'eks-nlb-auditor',
  table: 'eks-nlb-auditor',
  slackWebhookSecret,
  auditors: { [vpcId]: 'auditor' },
};
Object.assign(process.env, lab.env, { AUDITOR_SETTINGS: JSON.stringify(settings) });
const load = async (name: string): Promise<Handler> => (await import(`../../../lambda/${name}.ts`)).handler;
const [trigger, audit, notify] = await Promise.all([load('trigger'), load('auditor'), load('notifier')]);
const log = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;

await audit({ time: '2026-11-22T10:00:00Z' }, contextOf('scheduled'));
const records = collectStream(lab);
await lab.apply(broken);
lab.deliveries.length = 0;

const began = performance.now();
const since = (): number => Math.round(performance.now() - began);
const event: SQSEvent = { Records: [sqsRecord(contributorEvent(failing), Date.now())] };
await trigger(event, contextOf('trigger'));
const startedMs = since();
const [started] = lab.deliveries.filter(({ channel }) => channel === 'lambda');
await audit(started?.body['event'], contextOf('audit'));
const auditedMs = since();
while (!records.isEmpty()) await notify(records.take(), contextOf('notifier'));
const run: TriggerRun = { startedMs, auditedMs, messageMs: since() };
const isTold = lab.deliveries.some(({ channel }) => channel === 'slack');
await lab.close();
if (!isTold) throw new Error('nothing reached Slack');
log(`${JSON.stringify(run)}\n`);
process.exit(0);
