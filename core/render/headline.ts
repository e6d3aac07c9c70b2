import type { Severity } from '../model/severity.ts';
import type { Message } from '../notification/message.ts';
import { messageWords } from './message/message-words.ts';
import { summaryWords } from './message/summary-words.ts';

/** A message in one line. */
export function headline(message: Message): string {
  if (message.summary !== undefined) return summaryWords(message.summary).headline;
  const words = messageWords(message);
  return words === null ? message.fingerprint : `${words.state}: ${words.subject}: ${words.title}`;
}

/** The worst severity that a message tells of. */
export const severityOf = (message: Message): Severity =>
  messageWords(message)?.severity ?? message.summary?.lines[0]?.severity ?? 'info';
