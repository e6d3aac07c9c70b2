import { describe, expect } from 'vitest';
import { test } from './lab-fixture.ts';

const post = async (url: string, body: unknown) => {
  const response = await fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, body: await response.text(), retryAfter: response.headers.get('retry-after') };
};

const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const button = (url: string) => ({ type: 'actions', elements: [{ type: 'button', text: plain(75), url }] });
const many = <Each>(count: number, each: Each): Each[] => Array.from({ length: count }, () => each);

const limits: [string, object[], object[]][] = [
  ['50 blocks', many(50, { type: 'divider' }), many(51, { type: 'divider' })],
  ['150 characters in a header', [{ type: 'header', text: plain(150) }], [{ type: 'header', text: plain(151) }]],
  ['plain text in a header', [{ type: 'header', text: plain(1) }], [{ type: 'header', text: mrkdwn(1) }]],
  [
    '3000 characters in a section',
    [{ type: 'section', text: mrkdwn(3000) }],
    [{ type: 'section', text: mrkdwn(3001) }],
  ],
  ['some text in a section', [{ type: 'section', text: mrkdwn(1) }], [{ type: 'section', text: mrkdwn(0) }]],
  ['10 fields', [{ type: 'section', fields: many(10, mrkdwn(1)) }], [{ type: 'section', fields: many(11, mrkdwn(1)) }]],
  [
    '2000 characters in a field',
    [{ type: 'section', fields: [mrkdwn(2000)] }],
    [{ type: 'section', fields: [mrkdwn(2001)] }],
  ],
  [
    '10 elements in a context',
    [{ type: 'context', elements: many(10, mrkdwn(1)) }],
    [{ type: 'context', elements: many(11, mrkdwn(1)) }],
  ],
  ['3000 characters in a button link', [button('x'.repeat(3000))], [button('x'.repeat(3001))]],
  ['known blocks', [{ type: 'divider' }], [{ type: 'carousel' }]],
];

describe('Slack of the lab', () => {
  test('takes a message with ok and keeps it', async ({ start }) => {
    const lab = await start();
    const message = { text: 'hello', blocks: [{ type: 'section', text: mrkdwn(5) }] };
    expect(await post(lab.slackWebhookUrl, message)).toMatchObject({ status: 200, body: 'ok' });
    expect(lab.deliveries).toMatchObject([{ channel: 'slack', body: message }]);
  });

  test.for(limits)('holds to the limit of %s', async ([, within, beyond], { start }) => {
    const { slackWebhookUrl, deliveries } = await start();
    expect(await post(slackWebhookUrl, { text: 't', blocks: within })).toMatchObject({ status: 200, body: 'ok' });
    expect(await post(slackWebhookUrl, { text: 't', blocks: beyond })).toMatchObject({
      status: 400,
      body: 'invalid_blocks',
    });
    expect(deliveries).toHaveLength(1);
  });

  test('refuses what is no message, and paths that are no webhook', async ({ start }) => {
    const { slackWebhookUrl, deliveries } = await start();
    expect(await post(slackWebhookUrl, 'payload')).toMatchObject({ status: 400, body: 'invalid_payload' });
    expect(await post(slackWebhookUrl, {})).toMatchObject({ status: 400, body: 'no_text' });
    expect(await post(`${slackWebhookUrl}2`, { text: 't' })).toMatchObject({ status: 404, body: 'no_service' });
    expect(deliveries).toEqual([]);
  });

  test('gives the troubles that it is told to give, then recovers', async ({ start }) => {
    const lab = await start({}, { slackTroubles: [{ status: 429, retryAfterSeconds: 7 }, { status: 500 }] });
    const answers = [1, 2, 3].map(() => ({ text: 't' }));
    const statuses = [];
    for (const message of answers) statuses.push(await post(lab.slackWebhookUrl, message));
    expect(statuses).toMatchObject([{ status: 429, retryAfter: '7' }, { status: 500 }, { status: 200 }]);
    expect(lab.deliveries).toHaveLength(1);
  });
});
