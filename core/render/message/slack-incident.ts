import type { Message } from '../../notification/message.ts';
import { inert } from '../inert.ts';
import { minute, minutesFrom } from '../minute.ts';
import { accountOf } from './account.ts';
import { messageWords } from './message-words.ts';
import { expiryOf } from './report-link.ts';
import {
  detailsOf,
  headlineOf,
  linksOf,
  renderSlack,
  type Shown,
  type SlackExtras,
  statusOf,
  stepOf,
  titleOf,
} from './slack.ts';
import { actions, bullets, context, labelled, mention, type SlackMessage, slackMessage } from './slack-blocks.ts';

/** What the message of an incident shows of these; its thread shows the rest. */
const shown: Shown = { evidence: 2, steps: 1 };

/** The message of an incident as it stands now, short, because its thread has the details. */
export function renderSlackIncident(
  given: Message,
  { reportUrl, buttonsFor, mention: whom }: SlackExtras,
): SlackMessage {
  const message = inert(given);
  const words = messageWords(message);
  if (words === null) return renderSlack(message, { reportUrl });
  const { transition, fingerprint, openedAt, at } = message;
  const isOver = transition === 'resolved';
  const evidence = words.evidence.slice(0, shown.evidence);
  const when = isOver ? minutesFrom(openedAt, at) : `since ${minute(openedAt)}, as of ${minute(at)}`;
  return slackMessage(headlineOf(words), [
    titleOf(message, words),
    ...mention(whom),
    ...statusOf(words),
    ...(isOver || evidence.length === 0 ? [] : [labelled('Evidence', bullets(evidence))]),
    ...(isOver ? [] : words.fix.slice(0, shown.steps).flatMap((step) => stepOf(step, words.fixOf))),
    ...linksOf(message, reportUrl),
    ...(isOver || buttonsFor === undefined ? [] : actions(buttonsFor, fingerprint)),
    context([...accountOf(message), fingerprint, when, ...expiryOf(reportUrl ?? '')].join(' · ')),
  ]);
}

/** One piece of news for the thread of its incident; `null` where the message has said everything. */
export function renderSlackReply(given: Message): SlackMessage | null {
  const message = inert(given);
  const words = messageWords(message);
  if (words === null || message.summary !== undefined) return null;
  const { transition, openedAt, at } = message;
  const isOver = transition === 'resolved';
  const when = context(`${words.state} · ${isOver ? `open ${minutesFrom(openedAt, at)}` : minute(at)}`);
  if (isOver) return slackMessage(headlineOf(words), [when]);
  const details = detailsOf(words, shown);
  // The message above it is new, too.
  if (transition === 'opened' && details.length === 0) return null;
  return slackMessage(headlineOf(words), [...(transition === 'opened' ? [] : statusOf(words)), ...details, when]);
}
