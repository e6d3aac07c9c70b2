import type { Message } from '../message.ts';
import type { Summary } from '../summary.ts';
import { type MessageWords, messageWords } from './message-words.ts';
import { slackCode, slackText } from './slack-text.ts';
import { summaryWords } from './summary-words.ts';

/** The Block Kit elements used here (Slack, "Block Kit reference"). */
export type SlackBlock =
  | { type: 'header'; text: { type: 'plain_text'; text: string } }
  | { type: 'section'; text: { type: 'mrkdwn'; text: string } }
  | { type: 'context'; elements: { type: 'mrkdwn'; text: string }[] };

export interface SlackMessage {
  /** What notifications and screen readers show. */
  text: string;
  blocks: SlackBlock[];
}

/** Characters: Block Kit takes 150 in a header and 3,000 in a section. */
const longestHeader = 150;
const longestSection = 3000;

/** A message for Slack, within the limits of Block Kit and escaped. */
export function renderSlack(message: Message): SlackMessage {
  if (message.summary !== undefined) return summary(message, message.summary);
  const words = messageWords(message);
  const fingerprint = `${message.fingerprint} · ${message.at}`;
  if (words === null) return { text: slackText(fingerprint, longestSection), blocks: [context(fingerprint)] };

  const headline = `${words.state}: ${words.title}`;
  return {
    text: slackText(`${words.state}: ${words.place}: ${words.title}`, longestSection),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: slackText(headline, longestHeader) } },
      section([words.place, ...words.groups].join('\n')),
      ...(words.notes.length === 0 ? [] : [section(words.notes.join('\n'))]),
      ...(message.transition === 'resolved' ? [context(`Open since ${message.openedAt}`)] : details(words)),
      context(fingerprint),
    ],
  };
}

function summary({ at }: Message, told: Summary): SlackMessage {
  const { headline, lines, footer } = summaryWords(told);
  return {
    text: slackText(headline, longestSection),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: slackText(headline, longestHeader) } },
      ...lines.map(section),
      context([...footer, at].join(' · ')),
    ],
  };
}

function details({ cause, severity, evidence, firstEvidence, unknown, fix, fixOf }: MessageWords): SlackBlock[] {
  return [
    labelled('Cause', `${cause}, severity ${severity}`),
    ...(evidence.length === 0 ? [] : [labelled('Evidence', bullets(evidence))]),
    ...(firstEvidence.length === 0 ? [] : [labelled('Seen at first', bullets(firstEvidence))]),
    ...(unknown.length === 0 ? [] : [labelled('Not read, so the cause may be another one', bullets(unknown))]),
    ...fix.slice(0, mostSteps).flatMap((each) => step(each, fixOf)),
  ];
}

/** Each step takes up to three blocks; a message has room for fifty. */
const mostSteps = 10;

const step = (
  { text, command, danger, verify }: MessageWords['fix'][number],
  fixOf: MessageWords['fixOf'],
): SlackBlock[] => [
  labelled(
    'Fix',
    `${fixOf === null ? '' : `For ${fixOf}: `}${text}${danger === undefined ? '' : `\nTake care: ${danger}`}`,
  ),
  ...(command === undefined ? [] : [code(command)]),
  ...(verify === undefined ? [] : [code(`# to verify\n${verify}`)]),
];

const bullets = (lines: string[]): string => lines.map((line) => `• ${line}`).join('\n');

const section = (text: string): SlackBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: slackText(text, longestSection) },
});

/** `label` is our own text and holds nothing to escape. */
const labelled = (label: string, text: string): SlackBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: `*${label}*\n${slackText(text, longestSection - label.length - 3)}` },
});

const code = (text: string): SlackBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: slackCode(text, longestSection) },
});

const context = (text: string): SlackBlock => ({
  type: 'context',
  elements: [{ type: 'mrkdwn', text: slackText(text, longestSection) }],
});
