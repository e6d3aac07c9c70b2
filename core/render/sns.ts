import { digest } from '../digest.ts';
import type { Message } from '../message.ts';
import { type MessageWords, messageWords } from './message-words.ts';

/** Everything that Publish takes beside the topic; `attributes` are for filter policies of subscriptions. */
export interface SnsMessage {
  /** At most 100 printable ASCII characters (Publish, `Subject`). */
  subject: string;
  /** Body by protocol, for `MessageStructure: json`: text for people, the message as JSON for SQS and Lambda. */
  bodies: { default: string; sqs: string; lambda: string };
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
    severity: words?.severity,
    state: message.transition,
    cluster: first?.cluster,
    region: words?.region,
    checkId: first?.cause ?? 'unexplained',
    vpcId,
  };
  return {
    subject: subject(words === null ? message.fingerprint : `${words.state}: ${words.place}: ${words.title}`),
    bodies: { default: text(message, words), sqs: machine, lambda: machine },
    // SNS refuses attributes without a value.
    attributes: Object.fromEntries(
      Object.entries(attributes).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    ),
  };
}

function subject(text: string): string {
  const ascii = text.replace(/[^\x20-\x7e]/g, '?');
  return ascii.length <= 100 ? ascii : `${ascii.slice(0, 97)}...`;
}

function text(message: Message, words: MessageWords | null): string {
  const footer = `Finding ${message.fingerprint}\nAt ${message.at}, open since ${message.openedAt}`;
  if (words === null) return footer;
  const headline = `${words.state}: ${words.title}`;
  const where = ['Where', `  ${words.place}`, ...words.groups.map((line) => `  ${line}`)].join('\n');
  const parts =
    message.transition === 'resolved' ? [headline, where, footer] : [headline, where, ...details(words), footer];
  const whole = `${parts.join('\n\n')}\n`;
  if (whole.length <= longestText) return whole;
  return `${whole.slice(0, longestText)}… (${whole.length - longestText} characters cut)\n`;
}

const details = ({ cause, severity, evidence, unknown, fix }: MessageWords): string[] => [
  `Cause\n  ${cause}, severity ${severity}`,
  ...paragraph('Evidence', evidence),
  ...paragraph('Not read, so the cause may be another one', unknown),
  ...fix.map(({ text: advice, command, danger, verify }) =>
    [
      'Fix',
      `  ${advice}`,
      ...(danger === undefined ? [] : [`  Take care: ${danger}`]),
      ...(command === undefined ? [] : ['', ...command.split('\n').map((line) => `    ${line}`)]),
      ...(verify === undefined ? [] : ['', '  To verify', ...verify.split('\n').map((line) => `    ${line}`)]),
    ].join('\n'),
  ),
];

const paragraph = (label: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : [[label, ...lines.map((line) => `  - ${line}`)].join('\n')];
