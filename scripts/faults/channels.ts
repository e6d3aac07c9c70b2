import type { Lab } from '../../lab/lab.ts';

/** Where messages go, and where an answer to a button goes. */
export interface Channels {
  slackApi: string;
  slackWebhook: string;
  teams: string;
  pagerDuty: string;
  responseUrl: string;
}

const replyPath = '/reply';

/** The channels of the lab, at this origin. */
export function channelsAt(origin: string, { slack, slackWebhookUrl, teamsUrl, pagerDuty }: Lab): Channels {
  const moved = (url: string): string => `${origin}${new URL(url).pathname}${new URL(url).search}`;
  return {
    slackApi: moved(slack.apiUrl),
    slackWebhook: moved(slackWebhookUrl),
    teams: moved(teamsUrl),
    pagerDuty: moved(pagerDuty.apiUrl),
    responseUrl: `${origin}${replyPath}`,
  };
}

/** Ids of calls by the start of their path. */
const names: [path: string, id: string][] = [
  ['/services/', 'slack:webhook'],
  ['/workflows/', 'teams:workflow'],
  ['/v2/', 'pagerduty:enqueue'],
  [replyPath, 'slack:response_url'],
];

/** Id of the call that a request to a channel makes: `slack:chat.postMessage`, `teams:workflow`. */
export const channelCall = (url: string): string =>
  url.startsWith('/api/')
    ? `slack:${url.slice('/api/'.length)}`
    : (names.find(([path]) => url.startsWith(path))?.[1] ?? '');

/** Where the lab has the channel; `undefined` for the place of answers to buttons, which is none of the lab's. */
export function originOfChannel({ slack, teamsUrl, pagerDuty }: Lab, url: string): string | undefined {
  if (url.startsWith(replyPath)) return undefined;
  if (url.startsWith('/v2/')) return pagerDuty.apiUrl;
  return url.startsWith('/workflows/') ? teamsUrl : slack.apiUrl;
}
