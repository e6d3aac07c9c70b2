import type { Message } from '../../core/notification/message.ts';
import { renderSlackIncident, renderSlackReply } from '../../core/render/message/slack-incident.ts';
import { type Credential, sendWith } from './credential.ts';
import type { Delivery, DeliveryContext, Receipt, Sink } from './sink.ts';
import { callSlack, type SlackAnswer } from './slack-api.ts';

export interface SlackOptions {
  name: string;
  /** Id of the channel, `C…`. */
  channel: string;
  /** A bot token with the scope `chat:write`. */
  token: Credential;
  apiUrl: string;
  /** Whether messages have buttons; something must answer them. */
  interactive: boolean;
}

/** Where the message of the incident is, the key of what it shows, and the key of what its thread was told last. */
interface SlackReceipt extends Receipt {
  channel: string;
  ts: string;
  shown: string;
  told: string;
}

/** The message is gone, or too old to be edited, or somebody else's since the app was installed again (chat.update, "Errors"). */
const uneditable = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found']);

/**
 * Keeps one message for each episode of an incident in a Slack channel, edited as the incident goes on, with every piece
 * of news in its thread. What has arrived of a message is in the receipt, so that a repeat goes on from there.
 */
export function slackSink({ name, channel, token, apiUrl, interactive }: SlackOptions): Sink {
  return {
    name,
    send: (message, context) =>
      sendWith(token, context.signal, async (bearer) => {
        const call = (method: string, body: object) =>
          callSlack({ apiUrl, method, bearer, signal: context.signal }, body);
        const first = await show(message, context, { call, channel, interactive });
        if (first.kind !== 'sent') return first;
        return postReply(message, first.receipt as SlackReceipt, call);
      }),
  };
}

interface Connection {
  call(method: string, body: object): Promise<SlackAnswer>;
  channel: string;
  interactive: boolean;
}

/** Posts the message of the incident, or edits it. */
async function show(message: Message, context: DeliveryContext, to: Connection): Promise<Delivery> {
  const { call, channel, interactive } = to;
  const known = context.receipt as SlackReceipt | undefined;
  if (known?.ts !== undefined && known.shown === message.key) return { kind: 'sent', receipt: known };
  const { reportUrl, mention, vpcId } = context;
  const body = {
    ...renderSlackIncident(message, { reportUrl, mention, ...(interactive && { buttonsFor: vpcId }) }),
    ...quiet,
  };
  if (known?.ts !== undefined) {
    const edited = await call('chat.update', { ...body, channel: known.channel, ts: known.ts });
    if (edited.kind === 'ok') return { kind: 'sent', receipt: { ...known, shown: message.key } };
    if (edited.kind !== 'error' || !uneditable.has(edited.error)) return deliveryOf(edited, known);
  }
  const posted = await call('chat.postMessage', { ...body, channel });
  if (posted.kind !== 'ok') return deliveryOf(posted, undefined);
  return { kind: 'sent', receipt: { channel: posted.channel, ts: posted.ts, shown: message.key, told: '' } };
}

/** Tells the thread; what is still open after a long time is shown in the channel too. */
async function postReply(message: Message, receipt: SlackReceipt, call: Connection['call']): Promise<Delivery> {
  const reply = renderSlackReply(message);
  if (reply === null || receipt.told === message.key) return { kind: 'sent', receipt };
  const answer = await call('chat.postMessage', {
    ...reply,
    ...quiet,
    channel: receipt.channel,
    thread_ts: receipt.ts,
    ...(message.transition === 'reminder' && { reply_broadcast: true }),
  });
  if (answer.kind !== 'ok') return deliveryOf(answer, receipt);
  return { kind: 'sent', receipt: { ...receipt, told: message.key } };
}

const quiet = { unfurl_links: false, unfurl_media: false };

function deliveryOf(answer: Exclude<SlackAnswer, { kind: 'ok' }>, receipt: SlackReceipt | undefined): Delivery {
  if (answer.kind === 'error') return { kind: 'refused', reason: `Slack answered ${answer.error}` };
  return { kind: 'retry', afterMs: answer.afterMs, ...(receipt !== undefined && { receipt }) };
}
