import { digest } from '../digest.ts';
import type { Message } from '../message.ts';
import { renderAmazonQ } from './amazon-q.ts';
import { type MessageWords, messageWords } from './message-words.ts';
import { summaryWords } from './summary-words.ts';

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

/** Characters; Publish takes 256 KB in all, and a character takes up to three bytes and an escape. */
const longestText = 20_000;
const longestDigest = 15_000;

/** A message for an SNS topic; `vpcId` says which auditor found it. */
export function renderSns(message: Message, vpcId: string): SnsMessage {
  const words = messageWords(message);
  const [first] = message.diagnoses;
  const machine = JSON.stringify({ ...message, ...digest(message, longestDigest) });
  const attributes = {
    severity: words?.severity ?? message.summary?.lines[0]?.severity,
    state: message.transition,
    cluster: first?.cluster,
    region: message.fingerprint.split('/')[1],
    checkId: message.summary === undefined ? (first?.cause ?? 'unexplained') : undefined,
    vpcId,
  };
  return {
    subject: subject(headlineOf(message, words)),
    bodies: {
      default: text(message, words),
      sqs: machine,
      lambda: machine,
      https: JSON.stringify(renderAmazonQ(message)),
    },
    // SNS refuses attributes without a value.
    attributes: Object.fromEntries(
      Object.entries(attributes).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    ),
  };
}

function headlineOf({ fingerprint, summary }: Message, words: MessageWords | null): string {
  if (summary !== undefined) return summaryWords(summary).headline;
  return words === null ? fingerprint : `${words.state}: ${words.place}: ${words.title}`;
}

function subject(text: string): string {
  const ascii = text.replace(/[^\x20-\x7e]/g, '?');
  return ascii.length <= 100 ? ascii : `${ascii.slice(0, 97)}...`;
}

function text(message: Message, words: MessageWords | null): string {
  if (message.summary !== undefined) return summaryText(message, summaryWords(message.summary));
  const footer = `Finding ${message.fingerprint}\nAt ${message.at}, open since ${message.openedAt}`;
  if (words === null) return footer;
  const headline = `${words.state}: ${words.title}`;
  const where = ['Where', ...[words.place, ...words.groups, ...words.notes].map((line) => `  ${line}`)].join('\n');
  const parts =
    message.transition === 'resolved' ? [headline, where, footer] : [headline, where, ...details(words), footer];
  return clamped(`${parts.join('\n\n')}\n`);
}

const summaryText = ({ at }: Message, { headline, lines, footer }: ReturnType<typeof summaryWords>): string =>
  clamped(`${[headline, ...lines, [...footer, `At ${at}`].join('\n')].join('\n\n')}\n`);

const clamped = (text: string): string =>
  text.length <= longestText ? text : `${text.slice(0, longestText)}… (${text.length - longestText} characters cut)\n`;

const details = ({ cause, severity, evidence, firstEvidence, unknown, fix, fixOf }: MessageWords): string[] => [
  `Cause\n  ${cause}, severity ${severity}`,
  ...paragraph('Evidence', evidence),
  ...paragraph('Seen at first', firstEvidence),
  ...paragraph('Not read, so the cause may be another one', unknown),
  ...fix.map(({ text: advice, command, danger, verify }) =>
    [
      fixOf === null ? 'Fix' : `Fix, for ${fixOf}`,
      `  ${advice}`,
      ...(danger === undefined ? [] : [`  Take care: ${danger}`]),
      ...(command === undefined ? [] : ['', ...command.split('\n').map((line) => `    ${line}`)]),
      ...(verify === undefined ? [] : ['', '  To verify', ...verify.split('\n').map((line) => `    ${line}`)]),
    ].join('\n'),
  ),
];

const paragraph = (label: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : [[label, ...lines.map((line) => `  - ${line}`)].join('\n')];
