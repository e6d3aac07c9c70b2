import { renderTeams } from '../../core/render/message/teams.ts';
import { type Credential, sendWith } from './credential.ts';
import { deliveryOf, postJson } from './post-json.ts';
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
    send: (message, { reportUrl }) =>
      sendWith(webhook, async (url) => deliveryOf(await postJson(url, renderTeams(message, reportUrl)), 'Teams')),
  };
}
