import { expect, test } from 'vitest';
import type { Message } from '../../../core/notification/message.ts';
import type { Delivery, Receipt, Sink } from '../../../io/notify/sink.ts';
import type { Lab } from '../../../lab/lab.ts';
import type { LabOptions } from '../../../lab/start.ts';
import type { World } from '../../../lab/world/world.ts';
import { openedMessage as messageAbout, resolvedMessage, summaryMessage } from '../../core/sample-message.ts';
import { diagnosisOf } from '../../core/sample-report.ts';
import { labSinks } from './lab-sinks.ts';

/** A message that leaves something for its thread. */
const openedMessage = (): Message =>
  messageAbout(
    diagnosisOf({
      fix: [
        { text: 'Look at the pods.', command: 'kubectl get pods' },
        { text: 'Read the last words of the container.', command: 'kubectl logs -n shop web-7f9c --previous' },
      ],
    }),
  );

const vpcId = 'vpc-0aaaaaaaaaaaaaa01';
const { signal } = new AbortController();
const channelOf = (lab: Lab, channel: string) => ({
  type: 'slack',
  channel,
  secret: 'nlb/slack',
  apiUrl: lab.slack.apiUrl,
});

async function labWithSink(
  options: LabOptions = {},
  {
    world = {},
    place = 'channel',
    buttons,
  }: { world?: Partial<World>; place?: 'channel' | 'archived' | 'foreign'; buttons?: object } = {},
): Promise<{ lab: Lab; sink: Sink }> {
  const { lab, sinks } = await labSinks(
    (lab) => ({ channels: [{ name: 'team', to: channelOf(lab, lab.slack[place]) }], buttons }),
    world,
    options,
  );
  const sink = sinks['team'];
  if (sink === undefined) throw new Error('there is no sink');
  return { lab, sink };
}

/** Sends one message after the other as the notifier does: each with the receipt of the one before. */
async function sendAll(sink: Sink, ...messages: Message[]): Promise<Delivery[]> {
  let receipt: Receipt | undefined;
  const answers: Delivery[] = [];
  for (const message of messages) {
    const delivery = await sink.send(message, { vpcId, signal, ...(receipt && { receipt }) });
    if (delivery.kind !== 'refused') receipt = delivery.receipt ?? receipt;
    answers.push(delivery);
  }
  return answers;
}

const seen = ({ deliveries }: Lab) =>
  deliveries.map(({ body: { method, ts, thread_ts: thread, text, reply_broadcast: broadcast } }) => ({
    method,
    ...(thread === undefined ? { ts } : { thread }),
    says: String(text).split(':')[0],
    ...(broadcast === true && { broadcast }),
  }));

const changed: Message = { ...openedMessage(), transition: 'changed', key: `${openedMessage().fingerprint}#1#2` };
const reminder: Message = { ...openedMessage(), transition: 'reminder', key: `${openedMessage().fingerprint}#1#3` };

test('one message is edited through an incident, and its thread hears every piece of news', async () => {
  const { lab, sink } = await labWithSink();
  const answers = await sendAll(sink, openedMessage(), changed, reminder, resolvedMessage());
  expect(answers.map(({ kind }) => kind)).toEqual(['sent', 'sent', 'sent', 'sent']);
  const ts = lab.deliveries[0]?.body['ts'];
  expect(seen(lab)).toEqual([
    { method: 'chat.postMessage', ts, says: 'Unhealthy' },
    { method: 'chat.postMessage', thread: ts, says: 'Unhealthy' },
    { method: 'chat.update', ts, says: 'Changed' },
    { method: 'chat.postMessage', thread: ts, says: 'Changed' },
    { method: 'chat.update', ts, says: 'Still unhealthy' },
    { method: 'chat.postMessage', thread: ts, says: 'Still unhealthy', broadcast: true },
    { method: 'chat.update', ts, says: 'Resolved' },
    { method: 'chat.postMessage', thread: ts, says: 'Resolved' },
  ]);
  expect(JSON.stringify(lab.deliveries[0]?.body)).not.toContain('kubectl logs');
  expect(JSON.stringify(lab.deliveries[1]?.body)).toContain('kubectl logs');
});

test('a message that comes again after it was delivered posts nothing', async () => {
  const { lab, sink } = await labWithSink();
  const [first] = await sendAll(sink, openedMessage());
  const receipt = first?.kind === 'sent' ? first.receipt : undefined;
  expect(await sink.send(openedMessage(), { vpcId, signal, ...(receipt && { receipt }) })).toEqual({
    kind: 'sent',
    receipt,
  });
  expect(lab.deliveries).toHaveLength(2);
});

test('a message whose thread did not hear of it gets the thread alone when it is tried again', async () => {
  const { lab, sink } = await labWithSink();
  const [shown] = await sendAll(sink, openedMessage());
  const half = shown?.kind === 'sent' ? { ...shown.receipt, told: '' } : undefined;
  await sink.send(openedMessage(), { vpcId, signal, ...(half && { receipt: half }) });
  expect(seen(lab).map((each) => `${each.method} ${'thread' in each ? 'thread' : 'channel'}`)).toEqual([
    'chat.postMessage channel',
    'chat.postMessage thread',
    'chat.postMessage thread',
  ]);
});

test('a message that somebody deleted is posted anew', async () => {
  const { lab, sink } = await labWithSink();
  const gone = { channel: lab.slack.channel, ts: '1.000', shown: 'x', told: 'x' };
  expect(await sink.send(changed, { vpcId, signal, receipt: gone })).toMatchObject({ kind: 'sent' });
  expect(seen(lab).map(({ method }) => method)).toEqual(['chat.postMessage', 'chat.postMessage']);
});

test('a summary is one message without a thread', async () => {
  const { lab, sink } = await labWithSink();
  expect(await sink.send(summaryMessage(), { vpcId, signal })).toMatchObject({ kind: 'sent' });
  expect(seen(lab)).toMatchObject([{ method: 'chat.postMessage', says: 'Digest' }]);
});

test('Slack that asks for patience is asked again after the time it gave, and Slack in trouble after a second', async () => {
  const { lab, sink } = await labWithSink({ slackTroubles: [{ status: 429, retryAfterSeconds: 7 }, { status: 500 }] });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({ kind: 'retry', afterMs: 7000 });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({ kind: 'retry', afterMs: 1000 });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toMatchObject({ kind: 'sent' });
  expect(lab.deliveries).toHaveLength(2);
});

test.each([
  ['archived', 'is_archived'],
  ['foreign', 'not_in_channel'],
] as const)('a channel that is %s is a refusal in the words of Slack', async (place, error) => {
  const { sink } = await labWithSink({}, { place });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({
    kind: 'refused',
    reason: `Slack answered ${error}`,
  });
});

test('a token that was revoked is a refusal that does not repeat it, and the secret is read anew', async () => {
  const revoked = ['xoxb', 'sesame'].join('-');
  const { lab, sink } = await labWithSink({}, { world: { secrets: { 'nlb/slack': revoked } } });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({
    kind: 'refused',
    reason: 'Slack answered invalid_auth',
  });
  await lab.apply({ ...lab.world, secrets: { 'nlb/slack': lab.slack.token } });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toMatchObject({ kind: 'sent' });
});

test('a webhook in the place of a token is a refusal that does not repeat it', async () => {
  const { sink } = await labWithSink({}, { world: { secrets: { 'nlb/slack': 'https://sesame.example/' } } });
  expect(await sink.send(openedMessage(), { vpcId, signal })).toEqual({
    kind: 'refused',
    reason: 'secret nlb/slack does not hold a bot token of Slack (xoxb-…)',
  });
});

test('buttons are there where something answers them, and name the incident and its VPC', async () => {
  const { lab, sink } = await labWithSink({}, { buttons: { signingSecret: 'nlb/signing' } });
  await sink.send(openedMessage(), { vpcId, signal });
  const blocks = lab.deliveries[0]?.body['blocks'] as { type: string; elements?: unknown[] }[];
  expect(blocks.find(({ type }) => type === 'actions')?.elements).toMatchObject([
    { action_id: 'mute-1h', value: `${vpcId} ${openedMessage().fingerprint}` },
    { action_id: 'mute-1d' },
    { action_id: 'mute-1w' },
    { action_id: 'recheck' },
  ]);
});
