import type { Message } from '../../notification/message.ts';
import { inert } from '../inert.ts';
import { minute } from '../minute.ts';
import { messageWords } from './message-words.ts';
import { causeOf, detailsOf, headlineOf, placeOf, renderSlack, type SlackExtras } from './slack.ts';
import { actions, bullets, context, header, labelled, link, type SlackMessage, slackMessage } from './slack-blocks.ts';

const mostEvidence = 2;

/** The message of an incident as it stands now, short, because its thread has the details. */
export function renderSlackIncident(given: Message, { reportUrl, buttonsFor }: SlackExtras): SlackMessage {
  const message = inert(given);
  const words = messageWords(message);
  if (words === null) return renderSlack(message, { reportUrl });
  const { transition, fingerprint, openedAt, at } = message;
  const isOver = transition === 'resolved';
  const evidence = words.evidence.slice(0, mostEvidence);
  return slackMessage(headlineOf(words), [
    header(`${words.state}: ${words.title}`),
    ...placeOf(words),
    ...(isOver ? [] : [causeOf(words)]),
    ...(isOver || evidence.length === 0 ? [] : [labelled('Evidence', bullets(evidence))]),
    ...link('Whole report', reportUrl),
    ...(isOver || buttonsFor === undefined ? [] : actions(buttonsFor, fingerprint)),
    context(
      `${fingerprint} · ${isOver ? `from ${minute(openedAt)} to ${minute(at)}` : `since ${minute(openedAt)}, as of ${minute(at)}`}`,
    ),
  ]);
}

/** One piece of news for the thread of its incident; `null` where the message has said everything. */
export function renderSlackReply(given: Message): SlackMessage | null {
  const message = inert(given);
  const words = messageWords(message);
  if (words === null || message.summary !== undefined) return null;
  const { transition, openedAt, at } = message;
  const isOver = transition === 'resolved';
  const when = context(`${words.state} · ${isOver ? `open from ${minute(openedAt)} to ${minute(at)}` : minute(at)}`);
  return slackMessage(
    headlineOf(words),
    isOver ? [when] : [...(transition === 'opened' ? [] : placeOf(words)), ...detailsOf(words), when],
  );
}
