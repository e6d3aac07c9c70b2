import type { Severity } from '../../model/severity.ts';
import type { Message } from '../../notification/message.ts';
import type { Summary } from '../../notification/summary.ts';
import { cautionOf, shortFormsOf, undoOf } from '../fix-words.ts';
import { inert } from '../inert.ts';
import { minute } from '../minute.ts';
import { accountAndRegionOf, accountOf } from './account.ts';
import { consoleLink } from './console-link.ts';
import { type MessageWords, messageWords } from './message-words.ts';
import { expiryOf, reportLinkOf } from './report-link.ts';
import {
  bullets,
  code,
  context,
  header,
  labelled,
  links,
  mention,
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
  /** Who is mentioned, as routes name it. */
  mention?: string | undefined;
  /** The VPC of the auditor that is to answer the buttons; without it there are none. */
  buttonsFor?: string;
}

/** All that is to be told, as one message within the limits of Slack and escaped. */
export function renderSlack(given: Message, { reportUrl, mention: whom }: SlackExtras = {}): SlackMessage {
  const message = inert(given);
  if (message.summary !== undefined) return renderSlackSummary(message, message.summary, reportUrl);
  const words = messageWords(message);
  const footer = [
    ...linksOf(message, reportUrl),
    context([...accountOf(message), message.fingerprint, minute(message.at), ...expiryOf(reportUrl ?? '')].join(' · ')),
  ];
  if (words === null) return slackMessage(`${message.fingerprint} · ${minute(message.at)}`, footer);
  return slackMessage(headlineOf(words), [
    titleOf(message, words),
    ...mention(whom),
    ...statusOf(words),
    ...(message.transition === 'resolved' ? [context(`Open since ${minute(message.openedAt)}`)] : detailsOf(words)),
    ...footer,
  ]);
}

/** Many incidents as one message. */
export function renderSlackSummary(message: Message, summary: Summary, reportUrl: string | undefined): SlackMessage {
  const { headline, lines, footer } = summaryWords(inert(summary));
  return slackMessage(headline, [
    header(headline),
    ...lines.map(({ severity, text }) => section(severity === null ? text : `${icons[severity]} ${text}`)),
    ...linksOf(message, reportUrl),
    context([accountAndRegionOf(message), ...footer, minute(message.at), ...expiryOf(reportUrl ?? '')].join(' · ')),
  ]);
}

/** What notifications show. */
export const headlineOf = ({ state, place, title }: MessageWords): string => `${state}: ${place}: ${title}`;

const icons: Record<Severity, string> = { critical: '🔴', high: '🟠', medium: '🟡', low: '🔵', info: '🔵' };

/** Whose it is and what it is, with a sign for how bad it is, or for that it is over. */
export const titleOf = ({ transition }: Message, { severity, subject, title }: MessageWords): SlackBlock =>
  header(`${transition === 'resolved' ? '✅' : icons[severity]} ${subject}: ${title}`);

/** How bad it is and why, where, and what else is to be known of it. */
export const statusOf = ({ state, severity, cause, place, groups, notes, fixOf }: MessageWords): SlackBlock[] => [
  labelled(state, [`severity ${severity} · ${cause}`, ...(fixOf === null ? [] : [place]), ...groups].join('\n')),
  ...(notes.length === 0 ? [] : [section(notes.join('\n'))]),
];

/** The report, at this cause while it is there, and the target group in the console. */
export function linksOf(message: Message, reportUrl: string | undefined): SlackBlock[] {
  const [first] = message.diagnoses;
  return links([
    ...(reportUrl === undefined ? [] : [reportLinkOf(message, reportUrl)]),
    { label: 'Target group in the console', url: first && consoleLink(first.targetGroupArn) },
  ]);
}

/** How much of the evidence and of the steps of the fix another message shows. */
export interface Shown {
  evidence: number;
  steps: number;
}

/** Evidence, what is not known, and how to fix it, without what is shown already. */
export const detailsOf = (words: MessageWords, shown: Shown = { evidence: 0, steps: 0 }): SlackBlock[] => {
  const { firstEvidence, changed, unknown, fix, fixOf } = words;
  const evidence = words.evidence.slice(shown.evidence);
  return [
    ...(evidence.length === 0 ? [] : [labelled('Evidence', bullets(evidence))]),
    ...(firstEvidence.length === 0 ? [] : [labelled('Seen at first', bullets(firstEvidence))]),
    ...(changed.length === 0 ? [] : [labelled('Changed since it was last healthy', bullets(changed))]),
    ...(unknown.length === 0 ? [] : [labelled('Not read, so the cause may be another one', bullets(unknown))]),
    ...fix.slice(shown.steps, mostSteps).flatMap((each) => stepOf(each, fixOf)),
  ];
};

/** Each step takes up to five blocks. */
const mostSteps = 8;

/** One step of the fix. */
export const stepOf = (
  { text, verify, ...rest }: MessageWords['fix'][number],
  fixOf: MessageWords['fixOf'],
): SlackBlock[] => [
  labelled(
    'Fix',
    [
      `${fixOf === null ? '' : `For ${fixOf}: `}${text}`,
      ...cautionOf(rest).map((each) => `${each.label}: ${each.text}`),
    ].join('\n'),
  ),
  ...shortFormsOf(rest).map(({ title, lines }) =>
    title === '' ? code(lines.join('\n')) : code(lines.join('\n'), title.replace(/:$/, '')),
  ),
  ...undoOf(rest).map(({ words, command }) =>
    command === undefined ? section(words) : code(command, words.slice(0, -1)),
  ),
  ...(verify === undefined ? [] : [code(verify, 'To verify')]),
];
