import * as z from 'zod';

/** True for what only a Slack credential looks like: a token, a webhook address, or the path that is its secret part. */
export const resemblesSlackCredential = (text: string): boolean =>
  /xox[a-z]-|hooks\.slack\.com|(^|")\/?(services\/)?T[A-Z0-9]+\/B[A-Z0-9]+\//.test(text);

/** True for what could be an integration key of PagerDuty or a signing secret of Slack. */
const resemblesKey = (text: string): boolean => /^[0-9A-Za-z]{32}$/.test(text);

/** The name of a secret of Secrets Manager (CreateSecret, `Name`) that holds `what`; a credential in its place is refused. */
export const nameOfSecret = (what: string) =>
  z
    .string({ error: 'give the name of a secret of Secrets Manager.' })
    .regex(/^[0-9A-Za-z/_+=.@-]{1,512}$/, {
      error: `put ${what} into a secret of Secrets Manager and give its name here: no URL, no token, no ARN.`,
      abort: true,
    })
    .refine((name) => !resemblesSlackCredential(name) && !resemblesKey(name), {
      error: `put ${what} into a secret of Secrets Manager and give its name here: no URL, no token.`,
    })
    .describe(`Name of the Secrets Manager secret that holds ${what}.`);

/** The short form of a Slack channel: the secret of its incoming webhook. */
export const secretName = nameOfSecret('the webhook URL').describe(
  'Name of the Secrets Manager secret whose value is the URL of a Slack incoming webhook.',
);
