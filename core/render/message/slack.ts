import type { Message } from '../../notification/message.ts';
import type { Summary } from '../../notification/summary.ts';
import { cautionOf, shortFormsOf, undoOf } from '../fix-words.ts';
import { inert } from '../inert.ts';
import { minute } from '../minute.ts';
import { type MessageWords, messageWords } from './message-words.ts';
import {
  bullets,
  code,
  context,
  header,
  labelled,
  link,
  type SlackBlock,
  type SlackMessage,
  section,
  slackMessage,
} from './slack-blocks.ts';
import { summaryWords } from './summary-words.ts';

/** What a message may point to. */
export interface SlackExtras {
  /** Of the whole report. */
  reportUrl?: string | undefined;
  /** The VPC of the auditor that is to answer the buttons; without it there are none. */
  buttonsFor?: string;
}

/** All that is to be told, as one message within the limits of Slack and escaped. */
export function renderSlack(given: Message, { reportUrl }: SlackExtras = {}): SlackMessage {
  const message = inert(given);
  if (message.summary !== undefined) return renderSlackSummary(message, message.summary, reportUrl);
  const words = messageWords(message);
  const footer = [...link('Whole report', reportUrl), context(`${message.fingerprint} · ${minute(message.at)}`)];
  if (words === null) return slackMessage(`${message.fingerprint} · ${minute(message.at)}`, footer);
  return slackMessage(headlineOf(words), [
    header(`${words.state}: ${words.title}`),
    ...placeOf(words),
    ...(message.transition === 'resolved' ? [context(`Open since ${minute(message.openedAt)}`)] : detailsOf(words)),
    ...footer,
  ]);
}

/** Many incidents as one message. */
export function renderSlackSummary({ at }: Message, summary: Summary, reportUrl: string | undefined): SlackMessage {
  const { headline, lines, footer } = summaryWords(inert(summary));
  return slackMessage(headline, [
    header(headline),
    ...lines.map(section),
    ...link('Whole report', reportUrl),
    context([...footer, minute(at)].join(' · ')),
  ]);
}

/** What notifications show. */
export const headlineOf = ({ state, place, title }: MessageWords): string => `${state}: ${place}: ${title}`;

/** Where it is, how bad it is there, and what else is to be known of it. */
export const placeOf = ({ place, groups, notes }: MessageWords): SlackBlock[] => [
  section([place, ...groups].join('\n')),
  ...(notes.length === 0 ? [] : [section(notes.join('\n'))]),
];

export const causeOf = ({ cause, severity }: MessageWords): SlackBlock =>
  labelled('Cause', `${cause}, severity ${severity}`);

/** Cause, evidence, what is not known, and how to fix it. */
export const detailsOf = (words: MessageWords): SlackBlock[] => {
  const { evidence, firstEvidence, changed, unknown, fix, fixOf } = words;
  return [
    causeOf(words),
    ...(evidence.length === 0 ? [] : [labelled('Evidence', bullets(evidence))]),
    ...(firstEvidence.length === 0 ? [] : [labelled('Seen at first', bullets(firstEvidence))]),
    ...(changed.length === 0 ? [] : [labelled('Changed since it was last healthy', bullets(changed))]),
    ...(unknown.length === 0 ? [] : [labelled('Not read, so the cause may be another one', bullets(unknown))]),
    ...fix.slice(0, mostSteps).flatMap((each) => step(each, fixOf)),
  ];
};

/** Each step takes up to five blocks. */
const mostSteps = 8;

const step = ({ text, verify, ...rest }: MessageWords['fix'][number], fixOf: MessageWords['fixOf']): SlackBlock[] => [
  labelled(
    'Fix',
    [
      `${fixOf === null ? '' : `For ${fixOf}: `}${text}`,
      ...cautionOf(rest).map((each) => `${each.label}: ${each.text}`),
    ].join('\n'),
  ),
  ...shortFormsOf(rest).map(({ title, lines }) => code(lines.join('\n'), title.replace(/:$/, ''))),
  ...undoOf(rest).map(({ words, command }) =>
    command === undefined ? section(words) : code(command, words.slice(0, -1)),
  ),
  ...(verify === undefined ? [] : [code(verify, 'To verify')]),
];
