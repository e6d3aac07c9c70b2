import type { Delivery } from '../../lab.ts';
import type { HttpAnswer, HttpRequest } from '../request-listener.ts';

interface Card {
  type?: unknown;
  version?: unknown;
  body?: { type?: unknown; text?: unknown; facts?: unknown; inlines?: unknown }[];
}

/**
 * A workflow "post to a channel when a webhook request is received": takes with 202 what has Adaptive Cards of at most
 * 28 KB in all (Microsoft, "Format of a card in Teams").
 */
export function teamsWorkflow({ body }: HttpRequest, deliver: (delivery: Delivery) => void): HttpAnswer {
  const message = parse(body.toString());
  if (body.length > 28 * 1024) return refused(413, 'RequestEntityTooLarge');
  if (message === undefined) return refused(400, 'InvalidRequestContent');
  const attachments = message['attachments'];
  if (message['type'] !== 'message' || !Array.isArray(attachments) || !attachments.every(isCard)) {
    return refused(400, 'TriggerInputSchemaMismatch');
  }
  deliver({ channel: 'teams', body: message, at: new Date().toISOString() });
  return { status: 202, headers: {}, body: '' };
}

function isCard({ contentType, content }: { contentType?: unknown; content?: Card }): boolean {
  const isKnown = ({ type, text, facts, inlines }: NonNullable<Card['body']>[number]): boolean =>
    (type === 'TextBlock' && typeof text === 'string') ||
    (type === 'RichTextBlock' && Array.isArray(inlines)) ||
    (type === 'FactSet' && Array.isArray(facts));
  return (
    contentType === 'application/vnd.microsoft.card.adaptive' &&
    content?.type === 'AdaptiveCard' &&
    /^1\.[0-5]$/.test(String(content.version)) &&
    Array.isArray(content.body) &&
    content.body.every(isKnown)
  );
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

const refused = (status: number, code: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error: { code } }),
});
