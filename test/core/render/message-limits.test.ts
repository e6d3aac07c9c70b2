import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '../../../core/notification/message.ts';
import { byteLength, clampBytes } from '../../../core/render/message/byte-length.ts';
import { renderEventBridge } from '../../../core/render/message/event-bridge.ts';
import { renderPagerDuty } from '../../../core/render/message/pager-duty.ts';
import { renderSlack } from '../../../core/render/message/slack.ts';
import type { SlackMessage } from '../../../core/render/message/slack-blocks.ts';
import { renderSlackIncident, renderSlackReply } from '../../../core/render/message/slack-incident.ts';
import { renderSns } from '../../../core/render/message/sns.ts';
import { renderTeams } from '../../../core/render/message/teams.ts';
import { areBlocksTooLong, blockKitFault } from '../../../lab/wire/receivers/block-kit.ts';
import { anyText } from '../../../scripts/fuzz/hostile.ts';
import { openedMessage, summaryMessage } from '../sample-message.ts';
import { diagnosisOf } from '../sample-report.ts';

const vpcId = 'vpc-0aaaaaaaaaaaaaa01';

/** Hostile text: what has a meaning in some medium, what takes many bytes, what is half of a character. */
const hostile = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.constantFrom('&', '<', '>', '"', '\\', '\n', '`', '*', 'ä', '😀', '\u0001', '\ud800', 'a'), {
        minLength: 1,
        maxLength: 8,
      }),
      fc.nat({ max: maxLength }),
    )
    .map(([parts, times]) => parts.join('').repeat(Math.ceil(times / parts.length)) || 'a');

const diagnoses = fc.array(
  fc
    .record({
      title: hostile(2000),
      service: hostile(300),
      evidence: fc.array(
        fc.record({ check: hostile(50), target: fc.option(hostile(100)), saw: hostile(3000), expected: hostile(3000) }),
        { maxLength: 30 },
      ),
      unknown: fc.array(fc.record({ check: hostile(50), reason: hostile(3000), remedy: hostile(3000) }), {
        maxLength: 9,
      }),
      fix: fc.array(
        fc.record({ text: hostile(3000), command: hostile(3000), danger: hostile(500), verify: hostile(900) }),
        { maxLength: 12 },
      ),
    })
    .map((fields) => diagnosisOf(fields)),
  { minLength: 1, maxLength: 30 },
);

const incident: fc.Arbitrary<Message> = fc
  .record({
    diagnoses,
    transition: fc.constantFrom('opened' as const, 'changed' as const, 'flapping' as const, 'reminder' as const),
    firstEvidence: fc.array(
      fc.record({ check: hostile(50), target: fc.constant(null), saw: hostile(20_000), expected: hostile(20_000) }),
      { maxLength: 20 },
    ),
  })
  .map(({ diagnoses, ...rest }) => ({ ...openedMessage(...diagnoses), ...rest }));

const summary: fc.Arbitrary<Message> = fc
  .array(fc.record({ title: hostile(200), services: fc.array(hostile(200), { maxLength: 5 }) }), { maxLength: 40 })
  .map((lines) => {
    const { summary: told, ...message } = summaryMessage();
    const [line] = told?.lines ?? [];
    if (told === undefined || line === undefined) throw new Error('no line');
    return { ...message, summary: { ...told, lines: lines.map((fields) => ({ ...line, ...fields })) } };
  });

const messages = fc.oneof({ weight: 3, arbitrary: incident }, { weight: 1, arbitrary: summary });

const reportUrl = `https://reports.example/a?x=1&token=${'t'.repeat(1500)}`;

const always = (name: string, holds: (message: Message) => void): void =>
  test(name, () => fc.assert(fc.property(messages, holds), { numRuns: 20 }));

/** Counts by the rules of the lab's Slack, which knows nothing of the renderer, and looks at each entity. */
function expectSlackTakes({ text, blocks }: SlackMessage): void {
  expect(blockKitFault(blocks)).toBeUndefined();
  expect(areBlocksTooLong(blocks)).toBe(false);
  expect(text.length).toBeLessThanOrEqual(3000);
  for (const block of blocks) {
    const texts =
      block.type === 'context' || block.type === 'actions'
        ? block.elements.map((each) => each.text)
        : [block.text.text];
    for (const shown of texts) {
      const words = typeof shown === 'string' ? shown : shown.text;
      if (/^<http.*\|[\w ]+>$/.test(words)) continue;
      expect(words).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
    }
  }
}

always('Slack takes the whole message', (message) => expectSlackTakes(renderSlack(message, { reportUrl })));

always('Slack takes the message of the incident with its buttons, and the reply in its thread', (message) => {
  expectSlackTakes(renderSlackIncident(message, { reportUrl, buttonsFor: vpcId }));
  const reply = renderSlackReply(message);
  if (reply !== null) expectSlackTakes(reply);
});

always('SNS takes the message: 256 KB with its attributes', (message) => {
  const { subject, bodies, attributes } = renderSns(message, { vpcId, reportUrl });
  const parts = [
    JSON.stringify(bodies),
    ...Object.entries(attributes).flat(),
    ...Object.keys(attributes).map(() => 'String'),
  ];
  expect(parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0)).toBeLessThanOrEqual(256 * 1024);
  expect(subject).toMatch(/^[\x20-\x7e]{1,100}$/);
  expect(JSON.parse(bodies.sqs)).toMatchObject({ key: message.key, vpcId });
});

always('EventBridge takes the message: 256 KB in all, and it counts what was cut', (message) => {
  const { Source, DetailType, Detail, Resources } = renderEventBridge(message, { vpcId, reportUrl });
  const bytes = 14 + [Source, DetailType, Detail, ...Resources].reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  expect(bytes).toBeLessThanOrEqual(256 * 1024);
  const told: Message = JSON.parse(Detail);
  expect(told.diagnoses.length + told.omitted.diagnoses).toBe(message.diagnoses.length + message.omitted.diagnoses);
});

always('Teams takes the message: 28 KB in all', (message) => {
  expect(Buffer.byteLength(JSON.stringify(renderTeams(message, reportUrl)))).toBeLessThanOrEqual(28 * 1024);
});

always('PagerDuty takes the message: 1,024 characters of summary, 512 KB in all', (message) => {
  for (const event of renderPagerDuty({
    ...message,
    ...(message.summary && { summary: { ...message.summary, kind: 'many' } }),
  })) {
    expect(event.payload?.summary.length).toBeLessThanOrEqual(1024);
    expect(event.dedup_key.length).toBeLessThanOrEqual(255);
    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(512 * 1024);
  }
});

test('bytes are counted as UTF-8 has them', () => {
  fc.assert(fc.property(anyText, (text) => byteLength(text) === Buffer.byteLength(text)));
});

test('clamped text fits, is cut between characters and counts what is gone', () => {
  fc.assert(
    fc.property(hostile(300), fc.integer({ min: 40, max: 200 }), (text, most) => {
      const shown = clampBytes(text, most);
      expect(byteLength(shown)).toBeLessThanOrEqual(most);
      const cut = /… \((\d+) characters cut\)$/.exec(shown);
      const kept = cut === null ? shown : shown.slice(0, cut.index);
      expect(text.startsWith(kept)).toBe(true);
      expect([...text.slice(kept.length)].length).toBe(Number(cut?.[1] ?? 0));
    }),
  );
});
