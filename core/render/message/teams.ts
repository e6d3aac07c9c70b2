import type { Message } from '../../notification/message.ts';
import { cautionOf, shortFormsOf, undoOf } from '../fix-words.ts';
import { headline, severityOf } from '../headline.ts';
import { inert } from '../inert.ts';
import { minute, minutesFrom } from '../minute.ts';
import { accountOf } from './account.ts';
import { byteLength, clampBytes } from './byte-length.ts';
import { consoleLink } from './console-link.ts';
import { messageWords } from './message-words.ts';
import { expiryOf, reportLinkOf } from './report-link.ts';
import { summaryWords } from './summary-words.ts';

/** A message with one Adaptive Card, as a workflow of Microsoft Teams takes it ("Create incoming webhooks with Workflows"). */
export interface TeamsMessage {
  type: 'message';
  attachments: { contentType: 'application/vnd.microsoft.card.adaptive'; content: AdaptiveCard }[];
}

export interface AdaptiveCard {
  type: 'AdaptiveCard';
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  version: '1.4';
  body: CardElement[];
  actions?: { type: 'Action.OpenUrl'; title: string; url: string }[];
  msteams: { width: 'full' };
}

type CardElement =
  | {
      type: 'TextBlock';
      text: string;
      wrap: true;
      weight?: 'Bolder';
      size?: 'Large';
      color?: 'Attention' | 'Warning' | 'Good';
      isSubtle?: true;
    }
  | { type: 'RichTextBlock'; inlines: { type: 'TextRun'; text: string; fontType: 'Monospace' }[] }
  | { type: 'FactSet'; facts: { title: string; value: string }[] };

/** Bytes; Teams takes 28 KB of a message (Microsoft, "Format of a card in Teams"). */
const longestMessage = 27 * 1024;
const longestText = 3000;
const mostSteps = 5;

/** A message for Microsoft Teams within its limit; parts that have no room are left out and counted. */
export function renderTeams(given: Message, reportUrl?: string): TeamsMessage {
  const message = inert(given);
  const parts = [title(message), ...(message.summary === undefined ? details(message) : lines(message))];
  const { fingerprint, at } = message;
  const footer = text([...accountOf(message), fingerprint, minute(at), ...expiryOf(reportUrl ?? '')].join(' · '), {
    isSubtle: true,
  });
  const links = [...(reportUrl === undefined ? [] : [reportLinkOf(message, reportUrl)]), ...consoleOf(message)];
  const actions = links.map(({ label, url }) => ({ type: 'Action.OpenUrl' as const, title: label, url }));
  const wrap = (kept: CardElement[]): TeamsMessage => ({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          type: 'AdaptiveCard',
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          version: '1.4',
          body: [...kept, footer],
          ...(actions.length > 0 && { actions }),
          msteams: { width: 'full' },
        },
      },
    ],
  });
  const whole = wrap(parts);
  if (byteLength(JSON.stringify(whole)) <= longestMessage) return whole;
  let room = longestMessage - byteLength(JSON.stringify(wrap([cut(parts.length)])));
  const kept = parts.filter((part) => {
    room -= byteLength(JSON.stringify(part)) + 1;
    return room >= 0;
  });
  return wrap([...kept, cut(parts.length - kept.length)]);
}

function consoleOf({ diagnoses: [first] }: Message): { label: string; url: string }[] {
  const url = first && consoleLink(first.targetGroupArn);
  return url === undefined ? [] : [{ label: 'Target group in the console', url }];
}

const cut = (parts: number): CardElement =>
  text(`… (${parts} ${parts === 1 ? 'part' : 'parts'} cut for length)`, { isSubtle: true });

function title(message: Message): CardElement {
  const isOver = message.transition === 'resolved' || message.summary?.open === 0;
  const color = ['critical', 'high'].includes(severityOf(message)) ? 'Attention' : 'Warning';
  return text(headline(message), { weight: 'Bolder', size: 'Large', color: isOver ? 'Good' : color });
}

const lines = ({ summary }: Message): CardElement[] => {
  if (summary === undefined) return [];
  const words = summaryWords(summary);
  return [...words.lines.map((line) => line.text), ...words.footer].map((line) => text(line));
};

function details(message: Message): CardElement[] {
  const words = messageWords(message);
  if (words === null) return [];
  const { place, groups, notes, cause, severity, evidence, firstEvidence, changed, unknown, fix, fixOf } = words;
  const where = [text([place, ...groups, ...notes].join('\n'))];
  if (message.transition === 'resolved') return [...where, text(`Open ${minutesFrom(message.openedAt, message.at)}`)];
  return [
    ...where,
    {
      type: 'FactSet',
      facts: [
        { title: 'Cause', value: plain(cause) },
        { title: 'Severity', value: severity },
        { title: 'Open since', value: minute(message.openedAt) },
      ],
    },
    ...listed('Evidence', evidence),
    ...listed('Seen at first', firstEvidence),
    ...listed('Changed since it was last healthy', changed),
    ...listed('Not read, so the cause may be another one', unknown),
    ...fix
      .slice(0, mostSteps)
      .flatMap(({ text: advice, verify, ...step }) => [
        text(fixOf === null ? 'Fix' : `Fix, for ${fixOf}`, { weight: 'Bolder' }),
        text([advice, ...cautionOf(step).map((each) => `${each.label}: ${each.text}`)].join('\n')),
        ...shortFormsOf(step).flatMap(({ title, lines }) => [
          ...(title === '' ? [] : [text(title)]),
          ...lines.map(code),
        ]),
        ...undoOf(step).flatMap(({ words, command }) => [
          text(words),
          ...(command === undefined ? [] : [code(command)]),
        ]),
        ...(verify === undefined ? [] : [text('To verify'), code(verify)]),
      ]),
  ];
}

const listed = (label: string, items: string[]): CardElement[] =>
  items.length === 0 ? [] : [text(label, { weight: 'Bolder' }), text(items.map((item) => `• ${item}`).join('\n'))];

/** A command as it is: a run of text, unlike a block of it, knows no Markdown (Adaptive Cards, "TextRun"). */
const code = (command: string): CardElement =>
  byteLength(command) > longestText
    ? text('The command cannot be shown here unchanged; it is in the report.')
    : { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: command, fontType: 'Monospace' }] };

type TextStyle = Omit<Extract<CardElement, { type: 'TextBlock' }>, 'type' | 'text' | 'wrap'>;

const text = (content: string, style: TextStyle = {}): CardElement => ({
  type: 'TextBlock',
  text: plain(content),
  wrap: true,
  ...style,
});

/** Text that Teams shows as it is written: the marks of its Markdown are escaped, and each row is one of its own. */
const plain = (content: string): string =>
  clampBytes(content, longestText)
    .replace(/[\\*_[\]]/g, '\\$&')
    .replaceAll('<', '&lt;')
    .replaceAll('\n', '\n\n');
