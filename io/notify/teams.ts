import { renderTeams } from '../../core/render/message/teams.ts';
import { type Credential, sendWith } from './credential.ts';
import { type Answer, deliveryOf, objectIn, postJson } from './post-json.ts';
import type { Sink } from './sink.ts';

export interface TeamsOptions {
  name: string;
  /** The URL of a workflow that posts what it receives. */
  webhook: Credential;
}

/** Posts each message as an Adaptive Card to a workflow of Microsoft Teams, which accepts it with 202 and posts it later. */
export function teamsSink({ name, webhook }: TeamsOptions): Sink {
  return {
    name,
    send: (message, { reportUrl, signal }) =>
      sendWith(webhook, signal, async (url) =>
        deliveryOf(await postJson({ url, signal }, renderTeams(message, reportUrl)), 'Teams', isAccepted),
      ),
  };
}

/** A workflow accepts with 202 and an empty body, or with JSON where its author made it answer; a page is neither. */
const isAccepted = (answer: Answer): boolean =>
  answer.status === 202 && (answer.text.trim() === '' || objectIn(answer) !== undefined);
