import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { severities } from '../../../core/model/severity.ts';
import type { Message } from '../../../core/notification/message.ts';
import { renderAmazonQ } from '../../../core/render/message/amazon-q.ts';
import { renderPagerDuty } from '../../../core/render/message/pager-duty.ts';
import { renderSlack } from '../../../core/render/message/slack.ts';
import type { SlackBlock } from '../../../core/render/message/slack-blocks.ts';
import { renderSlackIncident, renderSlackReply } from '../../../core/render/message/slack-incident.ts';
import { slackCode, slackText } from '../../../core/render/message/slack-text.ts';
import { renderSns } from '../../../core/render/message/sns.ts';
import { renderTeams } from '../../../core/render/message/teams.ts';
import { openedMessage, resolvedMessage } from '../sample-message.ts';
import { diagnosisOf, groupArn } from '../sample-report.ts';

const textsOf = (blocks: SlackBlock[]): string[] =>
  blocks.flatMap((block) => {
    if (block.type === 'context') return block.elements.map(({ text }) => text);
    return block.type === 'actions' ? block.elements.map(({ text }) => text.text) : block.text.text;
  });

const whole = (blocks: SlackBlock[]): string => textsOf(blocks).join('\n');

/** Limits of Slack's "Block Kit reference". */
function expectWithinLimits(blocks: SlackBlock[]): void {
  expect(blocks.length).toBeLessThanOrEqual(50);
  for (const block of blocks) {
    const limit = block.type === 'header' ? 150 : 3000;
    for (const text of textsOf([block])) {
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(limit);
      // Links are the program's own.
      const given = text.replace(/<https:[^<>|]+\|[\w ]+>/g, '');
      expect(given).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
    }
  }
}

test('an opened finding says where, what, why and what to do', () => {
  const { text, blocks } = renderSlack(openedMessage(diagnosisOf({ coCauses: ['hc-port-wrong'] })));
  expect(text).toBe(
    'Unhealthy: shop/web in cluster prod: Containers of the pods behind the Service crash again and again',
  );
  expect(textsOf(blocks)).toEqual([
    '🟠 shop/web in prod: Containers of the pods behind the Service crash again and again',
    '*Unhealthy*\nseverity high · pod-crashloop (confirmed); fix these too: hc-port-wrong\nk8s-shop-web / web-80: 1 of 2 targets healthy',
    '*Evidence*\n• i-0aaaaaaaaaaaaaaa1:31080\u2060: web-7f9c restarted 14 times, last exit code 1; expected no restarts',
    '*Fix*\nRead the last words of the container.',
    '```kubectl logs -n shop web-7f9c --previous```',
    `<https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#TargetGroup:targetGroupArn=${groupArn('web-80')}|Target group in the console>`,
    '111122223333/eu-west-1/prod/shop/web/pod-crashloop · 2026-11-20 12:00 UTC',
  ]);
});

const reportUrl = 'https://reports.example/run.html?X-Amz-Date=20261120T120100Z&X-Amz-Expires=604800&X-Amz-Signature=0';
const expiry = 'The link to the report opens for some hours, until 2026-11-27 12:01 UTC at the latest';
const media: [string, (message: Message) => unknown][] = [
  ['Slack', (message) => renderSlack(message, { reportUrl })],
  ['the thread of Slack', (message) => renderSlackIncident(message, { reportUrl })],
  ['an e-mail', (message) => renderSns(message, { vpcId: 'all', reportUrl }).bodies.default],
  ['Amazon Q', (message) => renderAmazonQ(message, reportUrl)],
  ['Teams', (message) => renderTeams(message, reportUrl)],
  ['PagerDuty', (message) => renderPagerDuty(message, reportUrl)],
];

test.each(media)('a signed link leads to the cause in the report, and the message says until when: %s', (_, render) => {
  const text = JSON.stringify(render(openedMessage())).replaceAll('&amp;', '&');
  expect(text).toContain(`${reportUrl}#cause-pod-crashloop`);
  expect(text).toContain(expiry);
});

test.each(media)('what is over is in the report no more, and the link leads to the whole of it: %s', (name, render) => {
  const text = JSON.stringify(render(resolvedMessage())).replaceAll('&amp;', '&');
  expect(text).not.toContain('#cause-');
  // An alert that is over has no link.
  if (name !== 'PagerDuty') expect(text).toContain(reportUrl);
});

test.each(severities)('a cause of severity %s has a sign of its own kind, and none of them is a tick', (severity) => {
  const [sign = ''] = textsOf(renderSlack(openedMessage(diagnosisOf({ severity }))).blocks)[0] ?? '';
  expect('🔴🟠🟡🔵').toContain(sign);
  expect(textsOf(renderSlack(resolvedMessage()).blocks)[0]).toMatch(/^✅ /);
});

test('an incident says everything once: the message the first evidence and step, its thread the others', () => {
  const evidence = ['a', 'b', 'c', 'd'].map((saw) => ({ check: 'pod-crashloop', target: null, saw, expected: 'none' }));
  const fix = ['first', 'second', 'third'].map((text) => ({ text: `${text}.`, command: `echo ${text}` }));
  const message = openedMessage(diagnosisOf({ evidence, fix }));
  const shown = whole(renderSlackIncident(message, {}).blocks);
  const thread = whole(renderSlackReply(message)?.blocks ?? []);
  for (const words of ['a; expected none', 'b; expected none', 'echo first', 'pod-crashloop (confirmed)']) {
    expect(shown.split(words)).toHaveLength(2);
    expect(thread).not.toContain(words);
  }
  for (const words of ['c; expected none', 'd; expected none', 'echo second', 'echo third']) {
    expect(shown).not.toContain(words);
    expect(thread.split(words)).toHaveLength(2);
  }
});

test('a target stands before what was seen of it only where it is not named there', () => {
  const evidence = ['GET http://10.0.1.4:8080/: HTTP 500', 'is silent'].map((saw) => ({
    check: 'app-error-status',
    target: '10.0.1.4:8080',
    saw,
    expected: '200',
  }));
  const shown = whole(renderSlack(openedMessage(diagnosisOf({ evidence }))).blocks);
  expect(shown.replaceAll('\u2060', '')).toContain(
    '• GET http://10.0.1.4:8080/: HTTP 500; expected 200\n• 10.0.1.4:8080: is silent; expected 200',
  );
});

test('a card of Teams has the colour of its state and severity, and how to verify the fix', () => {
  const cardOf = (message: Message) => renderTeams(message).attachments[0]?.content.body ?? [];
  const colorOf = (message: Message) => cardOf(message)[0];
  expect(colorOf(openedMessage(diagnosisOf({ severity: 'critical' })))).toMatchObject({ color: 'Attention' });
  expect(colorOf(openedMessage(diagnosisOf({ severity: 'medium' })))).toMatchObject({ color: 'Warning' });
  expect(colorOf(resolvedMessage())).toMatchObject({ color: 'Good' });
  const fix = [{ text: 'Roll back.', command: 'kubectl rollout undo', verify: 'nlb-auditor gate' }];
  const texts = JSON.stringify(cardOf(openedMessage(diagnosisOf({ fix }))));
  expect(texts).toMatch(/kubectl rollout undo.*To verify.*nlb-auditor gate/);
});

test.each([
  ['here', '<!here>'],
  ['channel', '<!channel>'],
  ['U0123456789', '<@U0123456789>'],
  ['S0123456789', '<!subteam^S0123456789>'],
])('whom a route mentions is mentioned: %s', (mention, mark) => {
  expect(textsOf(renderSlack(openedMessage(), { mention }).blocks)).toContain(mark);
  expect(textsOf(renderSlackIncident(openedMessage(), { mention }).blocks)).toContain(mark);
});

test('the name of the account stands beside its number', () => {
  const message = { ...openedMessage(), accountName: 'shop production' };
  const named = 'account shop production · 111122223333/';
  expect(whole(renderSlack(message).blocks)).toContain(named);
  expect(whole(renderSlackIncident(message, {}).blocks)).toContain(named);
  expect(JSON.stringify(renderTeams(message))).toContain(named);
  expect(renderSns(message, { vpcId: 'all' }).bodies.default).toContain('account shop production');
  expect(renderAmazonQ(message).content.description).toContain('account shop production');
  expect(renderPagerDuty(message)[0]?.payload?.custom_details).toMatchObject({ account: 'shop production' });
});

test('a thread with nothing to add is not begun', () => {
  expect(renderSlackReply(openedMessage(diagnosisOf({ fix: [] })))).toBeNull();
});

test('a resolved finding is short', () => {
  const { text, blocks } = renderSlack(resolvedMessage());
  expect(text).toMatch(/^Resolved: /);
  expect(blocks).toHaveLength(5);
  expect(whole(blocks)).toContain('Open since 2026-11-20 12:00 UTC');
  expect(whole(blocks)).not.toContain('kubectl');
});

test('what could not be read is said, with the remedy', () => {
  const unknown = [{ check: 'sg-target-missing-health-check-rule', reason: 'not authorized', remedy: 'Grant it.' }];
  expect(whole(renderSlack(openedMessage(diagnosisOf({ unknown }))).blocks)).toContain(
    '*Not read, so the cause may be another one*\n• sg-target-missing-health-check-rule: not authorized. Grant it.',
  );
});

test('more than five pieces of evidence and target groups are counted', () => {
  const evidence = Array.from({ length: 8 }, (_, index) => ({
    check: 'pod-crashloop',
    target: null,
    saw: `pod ${index}`,
    expected: 'no restarts',
  }));
  const groups = Array.from({ length: 7 }, (_, index) =>
    diagnosisOf({ evidence, targetGroupArn: groupArn(`web-${index}`) }),
  );
  const text = whole(renderSlack(openedMessage(...groups)).blocks);
  expect(text).toContain('• and 3 more');
  expect(text).toContain('and 2 more\n*Evidence*');
});

test('mentions, links and the end of a code block inside names do nothing', () => {
  const nasty = '<!channel> & <https://evil.example|x> ``` *now*';
  const diagnosis = diagnosisOf({
    title: nasty,
    service: nasty,
    evidence: [{ check: 'x', target: nasty, saw: nasty, expected: nasty }],
    fix: [{ text: nasty, command: nasty, danger: nasty, verify: nasty }],
  });
  const { blocks } = renderSlack(openedMessage(diagnosis));
  expectWithinLimits(blocks);
  expect(whole(blocks)).toContain('&lt;!channel&gt; &amp; &lt;https://evil.example|x&gt;');
  const notShown = textsOf(blocks).filter((text) =>
    text.endsWith('cannot be shown here unchanged; it is in the report.'),
  );
  expect(notShown).toHaveLength(2);
  expect(textsOf(blocks).filter((text) => text.includes('```') && text.endsWith('```'))).toEqual([]);
});

test('whatever the diagnosis says, the message keeps the limits of Slack', () => {
  const long = fc
    .string({ maxLength: 400, size: 'max', unit: fc.constantFrom('&', '<', '>', 'a', '`', '\n', '😀') })
    .map((text) => text.repeat(10));
  const diagnosis = fc.record({
    title: long,
    service: long,
    evidence: fc.array(fc.record({ check: long, target: fc.option(long), saw: long, expected: long }), {
      maxLength: 9,
    }),
    unknown: fc.array(fc.record({ check: long, reason: long, remedy: long }), { maxLength: 9 }),
    fix: fc.array(fc.record({ text: long, command: long, danger: long, verify: long }), { maxLength: 20 }),
  });
  fc.assert(
    fc.property(diagnosis, (fields) => {
      expectWithinLimits(renderSlack(openedMessage(diagnosisOf(fields))).blocks);
    }),
    { numRuns: 30 },
  );
});

test('an address before a colon does not become an emoji, and code is copied as it is', () => {
  expect(slackText('10.0.0.1:100: refused at 10:04:23', 100)).toBe('10.0.0.1:100\u2060: refused at 10:04\u2060:23');
  expect(slackCode('curl 10.0.0.1:100:', 100)).toBe('```curl 10.0.0.1:100:```');
});

test('Slack makes no links, mentions or emoji of its own', () => {
  const { blocks } = renderSlack(openedMessage());
  expect(blocks.map((block) => block.type)).toContain('section');
  for (const block of blocks) {
    if (block.type === 'header') expect(block.text.emoji).toBe(false);
    if (block.type === 'section') expect(block.text.verbatim).toBe(true);
    if (block.type === 'context') expect(block.elements.every(({ verbatim }) => verbatim)).toBe(true);
  }
});

describe('clamped text', () => {
  test('text that fits is only escaped', () => {
    expect(slackText('a < b & c', 30)).toBe('a &lt; b &amp; c');
  });

  test('what was cut is counted, and no entity is cut in two', () => {
    expect(slackText('&'.repeat(20), 50)).toBe(`${'&amp;'.repeat(5)}… (15 characters cut)`);
  });

  test.each(['x'.repeat(100), 'a ``` b'])('a command is there whole or not at all: %s', (command) => {
    expect(slackCode(command, 50)).toBe('The command cannot be shown here unchanged; it is in the report.');
    expect(slackCode('x && y', 50)).toBe('```x &amp;&amp; y```');
  });
});
