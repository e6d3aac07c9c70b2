import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { type PagerDutyEvent, renderPagerDuty } from '../../../core/render/message/pager-duty.ts';
import { goldenMessages } from '../golden-messages.ts';
import { openedMessage } from '../sample-message.ts';
import schema from './pager-duty-event.schema.json' with { type: 'json' };

const formats = {
  url: (text: string): boolean => URL.canParse(text),
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
};
const validate = new Ajv({ formats, strictRequired: false }).compile(schema);

/** As it is sent. */
const sent = (event: PagerDutyEvent) => ({ routing_key: 'r'.repeat(32), ...event });
const reportUrl = 'https://reports.example/a?token=t';

test('every message of every scenario is as PagerDuty publishes its events, in 512 KB', () => {
  let count = 0;
  for (const { scenario, message } of goldenMessages()) {
    for (const event of renderPagerDuty(message, reportUrl)) {
      validate(sent(event));
      expect({ scenario, errors: validate.errors ?? [] }).toEqual({ scenario, errors: [] });
      expect(Buffer.byteLength(JSON.stringify(sent(event)))).toBeLessThan(512 * 1024);
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(1000);
});

const [trigger] = renderPagerDuty(openedMessage(), reportUrl).map(sent);
const { payload, ...rest } = trigger ?? sent({ event_action: 'trigger', dedup_key: 'x' });

test.each([
  ['a trigger without its payload', rest],
  ['a resolution without its key', { routing_key: rest.routing_key, event_action: 'resolve' }],
  ['a severity of another scale', { ...rest, payload: { ...payload, severity: 'high' } }],
  ['a summary above 1,024 characters', { ...rest, payload: { ...payload, summary: 'x'.repeat(1025) } }],
  ['a time that is none', { ...rest, payload: { ...payload, timestamp: 'now' } }],
  ['a link without its address', { ...rest, payload, links: [{ text: 'Whole report' }] }],
])('the schema refuses %s', (_, event) => {
  expect(validate({ ...rest, payload })).toBe(true);
  expect(validate(event)).toBe(false);
});
