import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Message } from '../../../core/notification/message.ts';
import { eventSchema } from '../../../core/render/machine/event-schema.ts';
import type { Lab } from '../../../lab/lab.ts';
import { openedMessage, resolvedMessage, summaryMessage } from '../../core/sample-message.ts';
import { busArn, labSinks } from './lab-sinks.ts';

const vpcId = 'vpc-0aaaaaaaaaaaaaa01';
const { signal } = new AbortController();
const reportUrl = 'https://reports.example/1?signature=x&more=y';
const channels = ({ pagerDuty }: Lab) => ({
  channels: [
    { name: 'bus', to: { type: 'eventbridge', busArn } },
    { name: 'pager', to: { type: 'pagerduty', secret: 'nlb/pagerduty', apiUrl: pagerDuty.apiUrl } },
    { name: 'teams', to: { type: 'teams', secret: 'nlb/teams' } },
  ],
});

const firstRun: Message = { ...summaryMessage(), summary: { ...summaryMessage().summary, kind: 'first' } as never };

test('each channel takes what opens and what is over', async () => {
  const { lab, sinks } = await labSinks(channels);
  for (const message of [openedMessage(), resolvedMessage(), summaryMessage()]) {
    for (const sink of Object.values(sinks)) {
      expect(await sink.send(message, { vpcId, reportUrl, signal }), sink.name).toEqual({ kind: 'sent' });
    }
  }
  expect(lab.deliveries.map(({ channel }) => channel)).toEqual([
    ...['eventbridge', 'pagerduty', 'teams'],
    ...['eventbridge', 'pagerduty', 'teams'],
    ...['eventbridge', 'teams'],
  ]);
});

test('an event is as its published schema says, and is about its target groups', async () => {
  const { lab, sinks } = await labSinks(channels);
  const validate = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(eventSchema);
  for (const message of [openedMessage(), resolvedMessage(), summaryMessage()]) {
    await sinks['bus']?.send(message, { vpcId, reportUrl, signal });
  }
  expect(lab.deliveries).toMatchObject([
    { body: { DetailType: 'NLB Target Incident', Resources: [openedMessage().diagnoses[0]?.targetGroupArn] } },
    { body: { DetailType: 'NLB Target Incident' } },
    { body: { DetailType: 'NLB Target Summary', Resources: [] } },
  ]);
  for (const { body } of lab.deliveries) {
    expect(validate(JSON.parse(String(body['Detail']))), JSON.stringify(validate.errors)).toBe(true);
  }
});

test('a bus that does not exist is a refusal, though the call succeeds', async () => {
  const { sinks } = await labSinks(channels, { buses: [] });
  expect(await sinks['bus']?.send(openedMessage(), { vpcId, signal })).toEqual({
    kind: 'refused',
    reason: `events:PutEvents: ResourceNotFoundException Event bus ${busArn} does not exist.`,
  });
});

test('a bus that may not be written is a refusal', async () => {
  const { sinks } = await labSinks(channels, { refusals: [{ action: 'events:PutEvents', error: 'AccessDenied' }] });
  expect(await sinks['bus']?.send(openedMessage(), { vpcId, signal })).toMatchObject({ kind: 'refused' });
});

test('an incident triggers and resolves the alert of its key', async () => {
  const { lab, sinks } = await labSinks(channels);
  const { fingerprint } = openedMessage();
  await sinks['pager']?.send(openedMessage(), { vpcId, reportUrl, signal });
  await sinks['pager']?.send(resolvedMessage(), { vpcId, signal });
  expect(lab.deliveries.map(({ body }) => body)).toMatchObject([
    {
      event_action: 'trigger',
      dedup_key: fingerprint,
      payload: { severity: 'error', component: 'shop/web', group: 'prod', class: 'pod-crashloop' },
      links: [{ href: `${reportUrl}#cause-pod-crashloop` }, { text: 'Target group in the console' }],
    },
    { event_action: 'resolve', dedup_key: fingerprint },
  ]);
});

test('incidents that a summary told in their place trigger an alert each, those of a digest none', async () => {
  const { lab, sinks } = await labSinks(channels);
  await sinks['pager']?.send(firstRun, { vpcId, signal });
  await sinks['pager']?.send(summaryMessage(), { vpcId, signal });
  expect(lab.deliveries.map(({ body }) => body)).toMatchObject([
    { event_action: 'trigger', dedup_key: firstRun.summary?.lines[0]?.key, payload: { severity: 'error' } },
  ]);
});

test('a key that PagerDuty does not know is a refusal that does not repeat it', async () => {
  const wrong = 'sesame0sesame0sesame0sesame0sesa';
  const { sinks } = await labSinks(channels, { secrets: { 'nlb/pagerduty': wrong } });
  const delivery = await sinks['pager']?.send(openedMessage(), { vpcId, signal });
  expect(delivery).toMatchObject({ kind: 'refused', reason: expect.stringContaining('PagerDuty answered 400') });
  expect(JSON.stringify(delivery)).not.toContain('sesame');
});

test('a card says what is wrong, why, and what to do, with a link to the report', async () => {
  const { lab, sinks } = await labSinks(channels);
  await sinks['teams']?.send(openedMessage(), { vpcId, reportUrl, signal });
  const card = JSON.stringify(lab.deliveries[0]?.body);
  expect(card).toContain('Unhealthy: shop/web in prod: ');
  expect(card).toContain('pod-crashloop (confirmed)');
  expect(card).toContain('kubectl logs -n shop web-7f9c --previous');
  expect(card).toContain(reportUrl);
});

test('a workflow that is gone is a refusal without its address', async () => {
  const { lab, sinks } = await labSinks(channels);
  const gone = lab.teamsUrl.replace('sig=lab', 'sig=sesame');
  await lab.apply({ ...lab.world, secrets: { ...lab.world.secrets, 'nlb/teams': gone } });
  expect(await sinks['teams']?.send(openedMessage(), { vpcId, signal })).toEqual({
    kind: 'refused',
    reason: 'Teams answered 404 Not Found',
  });
});
