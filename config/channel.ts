import * as z from 'zod';
import { nameOfSecret } from './secret-name.ts';

const object = <Type extends string, Shape extends z.core.$ZodLooseShape>(
  { type, meaning }: { type: Type; meaning: string },
  shape: Shape,
) => z.strictObject({ type: z.literal(type).describe(meaning), ...shape });
const url = (error: string) => z.string({ error }).regex(/^https?:\/\/[^\s@?#]+\/$/, { error });

/** What a secret is to hold. */
export type CredentialKind = 'webhook' | 'slackToken' | 'slackSigningSecret' | 'routingKey';

/** Where messages may go; credentials are named, never given. */
export const channelSchema = z.discriminatedUnion(
  'type',
  [
    object(
      {
        type: 'slack',
        meaning:
          'A Slack channel by a bot token with the scope `chat:write`: one message for each incident, edited as it goes on, with the details in its thread.',
      },
      {
        channel: z
          .string({ error: 'give the id of the Slack channel, for example `C0123456789`.' })
          .regex(/^[CGD][A-Z0-9]{8,20}$/, { error: 'give the id of the Slack channel, for example `C0123456789`.' })
          .describe('Id of the channel, which the app must be a member of.'),
        secret: nameOfSecret('the bot token'),
        apiUrl: url('give the address of the Slack Web API with a slash at its end, or leave it out.')
          .default('https://slack.com/api/')
          .describe('Of the Slack Web API; `https://slack-gov.com/api/` for GovSlack.'),
      },
    ),
    object(
      { type: 'slack-webhook', meaning: 'A Slack channel by an incoming webhook: a message for each piece of news.' },
      { secret: nameOfSecret('the webhook URL') },
    ),
    object(
      { type: 'teams', meaning: 'A channel of Microsoft Teams by a workflow that posts what a webhook receives.' },
      { secret: nameOfSecret('the URL of the workflow') },
    ),
    object(
      {
        type: 'pagerduty',
        meaning: 'A service of PagerDuty by Events API v2: an alert for each incident, resolved with it.',
      },
      {
        secret: nameOfSecret('the integration key'),
        apiUrl: url('give the address of the Events API with a slash at its end, or leave it out.')
          .default('https://events.pagerduty.com/v2/')
          .describe('Of the Events API v2; `https://events.eu.pagerduty.com/v2/` for accounts in the EU.'),
      },
    ),
    object(
      {
        type: 'eventbridge',
        meaning: 'An event bus beside that of the stack; docs/event.schema.json describes the events.',
      },
      {
        busArn: z
          .string({ error: 'give the ARN of the event bus.' })
          .regex(/^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/[/.\w-]{1,256}$/, {
            error: 'give the ARN of the event bus, as `aws events list-event-buses` shows it.',
          })
          .describe('ARN of the bus; one of another account must admit this account.'),
      },
    ),
  ],
  { error: 'give a channel with its `type`: slack, slack-webhook, teams, pagerduty or eventbridge.' },
);

/** A place that messages go to. */
export type Channel = z.output<typeof channelSchema>;

const kinds: Partial<Record<Channel['type'], CredentialKind>> = {
  slack: 'slackToken',
  'slack-webhook': 'webhook',
  teams: 'webhook',
  pagerduty: 'routingKey',
};

/** A secret that somebody is to make, and what it is to hold. */
export interface SecretNeed {
  name: string;
  kind: CredentialKind;
}

/** Every secret that channels and buttons need. */
export function secretsOf(given: {
  slackWebhookSecret?: string | undefined;
  channels: Channel[];
  buttons?: { signingSecret: string } | undefined;
}): SecretNeed[] {
  const { slackWebhookSecret, channels, buttons } = given;
  return [
    ...(slackWebhookSecret === undefined ? [] : [{ name: slackWebhookSecret, kind: 'webhook' as const }]),
    ...channels.flatMap((channel): SecretNeed[] => {
      const kind = kinds[channel.type];
      return 'secret' in channel && kind !== undefined ? [{ name: channel.secret, kind }] : [];
    }),
    ...(buttons === undefined ? [] : [{ name: buttons.signingSecret, kind: 'slackSigningSecret' as const }]),
  ];
}
