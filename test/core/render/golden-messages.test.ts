import { expect, test } from 'vitest';
import { headline } from '../../../core/render/headline.ts';
import { renderSlackIncident, renderSlackReply } from '../../../core/render/message/slack-incident.ts';
import { slackText } from '../../../core/render/message/slack-text.ts';
import { renderSns } from '../../../core/render/message/sns.ts';
import { goldenMessages } from '../golden-messages.ts';

const all = goldenMessages();
const opened = all.filter(({ scenario, message }) => message.transition === 'opened' && !scenario.includes('hostile'));

/** How often a text contains another. */
const times = (text: string, part: string): number => text.split(part).length - 1;

test('a Slack header names the Service and the cluster, with a sign that is a tick only where all is over', () => {
  expect(opened.length).toBeGreaterThan(150);
  for (const { scenario, message } of all) {
    const [header] = renderSlackIncident(message, {}).blocks;
    const title = header?.type === 'header' ? header.text.text : '';
    const [first] = message.diagnoses;
    expect([scenario, title.includes('✅')]).toEqual([scenario, message.transition === 'resolved']);
    if (first?.cluster == null || scenario.includes('hostile')) continue;
    const { names, more } = message.services ?? { names: [], more: 0 };
    const subject = names.length > 1 ? `${names.length + more} Services` : `${first.namespace}/${first.service}`;
    expect([scenario, title]).toEqual([scenario, expect.stringContaining(`${subject} in ${first.cluster}: `)]);
    if (message.transition !== 'resolved') expect(title).toMatch(/^(🔴|🟠|🟡|🔵) /u);
  }
});

test('an incident in Slack and its thread name the cause, each evidence and each step of the fix once', () => {
  let shown = 0;
  for (const { scenario, message } of opened) {
    const blocks = [...renderSlackIncident(message, {}).blocks, ...(renderSlackReply(message)?.blocks ?? [])];
    const text = blocks.map((block) => JSON.stringify(block)).join('\n');
    const quoted = (words: string): string =>
      JSON.stringify(slackText(words.replace(/[\t\n]+/g, ' '), 3000)).slice(1, -1);
    const [first] = message.diagnoses;
    if (first?.cause != null)
      expect([scenario, times(text, `${first.cause} (${first.confidence})`)]).toEqual([scenario, 1]);
    for (const { target, saw, expected } of first?.evidence ?? []) {
      const count = times(text, quoted(`• ${target === null ? '' : `${target}: `}${saw}; expected ${expected}`));
      expect([scenario, saw, count > 1]).toEqual([scenario, saw, false]);
      shown += count;
    }
    for (const { text: advice } of first?.fix ?? [])
      expect([scenario, times(text, quoted(advice)) > 1]).toEqual([scenario, false]);
  }
  expect(shown).toBeGreaterThan(200);
});

test('the subject of an e-mail is what it is about, cut between words', () => {
  for (const { scenario, message } of all.filter(({ message }) => /^(opened|summary)$/.test(message.transition))) {
    const { subject } = renderSns(message, { vpcId: 'all' });
    const whole = headline(message).replace(/[^\x20-\x7e]/g, '?');
    const kept = subject.endsWith('...') ? subject.slice(0, -3) : subject;
    const [longest = 0] = whole
      .split(' ')
      .map(({ length }) => length)
      .toSorted((a, b) => b - a);
    if (longest > 90) continue;
    expect([scenario, `${whole} `.startsWith(`${kept} `), subject.length <= 100]).toEqual([scenario, true, true]);
  }
});
