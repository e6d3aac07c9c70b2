import { parseKey } from '../../model/fingerprint.ts';
import type { Message } from '../../notification/message.ts';
import { cautionOf, shortFormsOf, undoOf } from '../fix-words.ts';
import { headline } from '../headline.ts';
import { inert } from '../inert.ts';
import { minute, minutesFrom } from '../minute.ts';
import { accountAndRegionOf, accountOf } from './account.ts';
import { renderAmazonQ } from './amazon-q.ts';
import { byteLength } from './byte-length.ts';
import { machineMessage } from './machine-message.ts';
import { type MessageWords, messageWords } from './message-words.ts';
import { expiryOf, reportLinkOf } from './report-link.ts';
import { type SummaryWords, summaryWords } from './summary-words.ts';

/** Everything that Publish takes beside the topic; `attributes` are for filter policies of subscriptions. */
export interface SnsMessage {
  /** At most 100 printable ASCII characters (Publish, `Subject`). */
  subject: string;
  /**
   * Body by protocol, for `MessageStructure: json`: text for people, the message as JSON for SQS and Lambda, a custom
   * notification for Amazon Q Developer in chat applications, which subscribes by https.
   */
  bodies: { default: string; sqs: string; lambda: string; https: string };
  attributes: Record<string, string>;
}

/** Characters of the text for people. */
const longestText = 20_000;

/** Bytes of all bodies together; Publish takes 256 KB with the attributes (SNS API reference, "Publish"). */
const longestBodies = 250_000;

/** Bytes of the body for machines, which is there twice and escaped once more; the first that fits wins. */
const sizes = [100_000, 50_000, 25_000, 10_000, 2_000];

/** What is known beside the message. */
export interface SnsExtras {
  /** Which auditor found it. */
  vpcId: string;
  /** Of the whole report. */
  reportUrl?: string | undefined;
}

/** A message for an SNS topic. */
export function renderSns(given: Message, { vpcId, reportUrl }: SnsExtras): SnsMessage {
  const message = inert(given);
  const words = messageWords(message);
  const [first] = message.diagnoses;
  const attributes = {
    severity: words?.severity ?? message.summary?.lines[0]?.severity,
    state: message.transition,
    cluster: first?.cluster,
    region: parseKey(message.fingerprint).region,
    checkId: message.summary === undefined ? (first?.cause ?? 'unexplained') : undefined,
    vpcId,
  };
  const forPeople = {
    default: text(message, { words, reportUrl }),
    https: JSON.stringify(renderAmazonQ(message, reportUrl)),
  };
  const machineText = machineMessage(given, { vpcId, reportUrl });
  const bodies = (mostBytes: number): SnsMessage['bodies'] => {
    const machine = machineText(mostBytes);
    return { ...forPeople, sqs: machine, lambda: machine };
  };
  const fitting = sizes.map(bodies).find((given) => byteLength(JSON.stringify(given)) <= longestBodies);
  return {
    subject: subject(headline(message)),
    bodies: fitting ?? bodies(0),
    // SNS refuses attributes without a value.
    attributes: Object.fromEntries(
      Object.entries(attributes).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    ),
  };
}

/** Characters. */
const longestSubject = 100;

/** Printable ASCII that ends at a word; a single word that is too long is cut. */
function subject(text: string): string {
  const ascii = text.replace(/[^\x20-\x7e]/g, '?');
  if (ascii.length <= longestSubject) return ascii;
  const room = ascii.slice(0, longestSubject - 3);
  const end = room.lastIndexOf(' ');
  return `${end > 0 ? room.slice(0, end) : room}...`;
}

function text(
  message: Message,
  { words, reportUrl }: { words: MessageWords | null; reportUrl: string | undefined },
): string {
  const report =
    reportUrl === undefined
      ? ''
      : ['', `Report ${reportLinkOf(message, reportUrl).url}`, ...expiryOf(reportUrl)].join('\n');
  if (message.summary !== undefined) return summaryText(message, summaryWords(message.summary), report);
  const [account] = accountOf(message);
  const { at, openedAt, transition, fingerprint } = message;
  const isOver = transition === 'resolved';
  const when = isOver ? `Open ${minutesFrom(openedAt, at)}` : `At ${minute(at)}, open since ${minute(openedAt)}`;
  const footer = `Finding ${fingerprint}${account === undefined ? '' : `\n${account}`}\n${when}${report}`;
  if (words === null) return footer;
  const title = `${words.state}: ${words.title}`;
  const where = ['Where', ...[words.place, ...words.groups, ...words.notes].map((line) => `  ${line}`)].join('\n');
  const parts = isOver ? [title, where, footer] : [title, where, ...details(words), footer];
  return clamped(`${parts.join('\n\n')}\n`);
}

const summaryText = (message: Message, { headline, lines, footer }: SummaryWords, report: string): string =>
  clamped(
    `${[
      headline,
      ...lines.map(({ text }) => text),
      [...footer, accountAndRegionOf(message), `At ${minute(message.at)}${report}`].join('\n'),
    ].join('\n\n')}\n`,
  );

/** Cut between lines, so that no part of a command is left. */
function clamped(text: string): string {
  if (text.length <= longestText) return text;
  const kept = text.lastIndexOf('\n', longestText) + 1;
  return `${text.slice(0, kept)}… (${text.length - kept} characters cut)\n`;
}

const details = ({
  cause,
  severity,
  evidence,
  firstEvidence,
  changed,
  unknown,
  fix,
  fixOf,
}: MessageWords): string[] => [
  `Cause\n  ${cause}, severity ${severity}`,
  ...paragraph('Evidence', evidence),
  ...paragraph('Seen at first', firstEvidence),
  ...paragraph('Changed since it was last healthy', changed),
  ...paragraph('Not read, so the cause may be another one', unknown),
  ...fix.map(({ text: advice, verify, ...step }) =>
    [
      fixOf === null ? 'Fix' : `Fix, for ${fixOf}`,
      `  ${advice}`,
      ...cautionOf(step).map((each) => `  ${each.label}: ${each.text}`),
      ...shortFormsOf(step).flatMap(({ title, lines }) => [
        '',
        ...(title === '' ? [] : [`  ${title}`]),
        ...lines.flatMap((each) => each.split('\n').map((line) => `    ${line}`)),
      ]),
      ...undoOf(step).flatMap(({ words, command }) => [
        '',
        `  ${words}`,
        ...(command === undefined ? [] : [`    ${command}`]),
      ]),
      ...(verify === undefined ? [] : ['', '  To verify', ...verify.split('\n').map((line) => `    ${line}`)]),
    ].join('\n'),
  ),
];

const paragraph = (label: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : [[label, ...lines.map((line) => `  - ${line}`)].join('\n')];
