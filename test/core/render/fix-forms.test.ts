import { expect, test } from 'vitest';
import type { Fix } from '../../../core/model/fix.ts';
import { drawFix } from '../../../core/render/html/finding/fix-steps.ts';
import { write } from '../../../core/render/html/markup.ts';
import { renderSlack } from '../../../core/render/message/slack.ts';
import { renderSns } from '../../../core/render/message/sns.ts';
import { findingLines } from '../../../core/render/text/finding-lines.ts';
import { openedMessage } from '../sample-message.ts';
import { diagnosisOf } from '../sample-report.ts';

const step: Fix = {
  text: 'Send the health check to the path that answers.',
  danger: 'Everything registers again.',
  disturbs: 'Everything registers again.',
  prepare: 'aws eks update-kubeconfig --name prod',
  command: 'kubectl annotate service web path=/ready',
  undo: { text: 'Remove it.', command: 'kubectl annotate service web path-' },
  manifest: {
    where: 'the manifest of Service shop/web',
    language: 'yaml',
    text: 'kind: Service\nmetadata:\n  name: web',
  },
};
const owned: Fix = {
  ...step,
  manifest: {
    owner: 'Argo CD application shop',
    where: 'the source of Argo CD application shop',
    undoneBy: 'the next sync',
    language: 'yaml',
    text: 'kind: Service\nmetadata:\n  name: web',
  },
};

const outputs: [string, (fix: Fix) => string][] = [
  ['plain lines', (fix) => findingLines(diagnosisOf({ fix: [fix] })).join('\n')],
  ['HTML', (fix) => write(drawFix([fix])).replace(/<\/?i>/g, '')],
  ['Slack', (fix) => JSON.stringify(renderSlack(openedMessage(diagnosisOf({ fix: [fix] }))).blocks)],
  ['e-mail', (fix) => renderSns(openedMessage(diagnosisOf({ fix: [fix] })), { vpcId: 'vpc-1' }).bodies.default],
];

/** True where the texts stand in this order. */
const inThisOrder = (text: string, parts: string[]): boolean =>
  parts.every((part, index) => text.indexOf(part) > (index === 0 ? -1 : text.indexOf(parts[index - 1] ?? '')));

test.each(outputs)('%s: what a step disturbs stands before its command, how to take it back after it', (_, render) => {
  const parts = ['Careful', 'Everything registers', 'update-kubeconfig', 'path=/ready', 'take it back', 'web path-'];
  expect(inThisOrder(render(step), parts)).toBe(true);
});

test.each(outputs)('%s: the form for the owner comes first, then what stops the bleeding', (_, render) => {
  const parts = [
    'Argo CD application shop writes this',
    'kind: Service',
    'To stop the bleeding, until the next sync',
    'path=/ready',
  ];
  expect(inThisOrder(render(owned), parts)).toBe(true);
});

test('HTML has both forms as tabs that need no script', () => {
  const html = write(drawFix([owned]));
  expect(html.match(/<details/g)).toHaveLength(2);
  expect(html).not.toMatch(/<script|onclick/);
  expect(inThisOrder(html, ['open', '<summary>Manifest', '<summary>Command'])).toBe(true);
  expect(inThisOrder(write(drawFix([step])), ['<summary>Command', '<summary>Manifest'])).toBe(true);
});

test('without an owner a message shows the command alone', () => {
  expect(
    outputs
      .filter(([name]) => name === 'Slack' || name === 'e-mail')
      .map(([, render]) => render(step).includes('kind: Service')),
  ).toEqual([false, false]);
});
