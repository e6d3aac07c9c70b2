import * as z from 'zod';

/** True for what only a Slack credential looks like: a token, a webhook address, or the path that is its secret part. */
export const resemblesSlackCredential = (text: string): boolean =>
  /xox[a-z]-|hooks\.slack\.com|(^|")\/?(services\/)?T[A-Z0-9]+\/B[A-Z0-9]+\//.test(text);

/** The name of a secret of Secrets Manager (CreateSecret, `Name`); a Slack credential in its place is refused. */
export const secretName = z
  .string({ error: 'give the name of a secret of Secrets Manager.' })
  .regex(/^[0-9A-Za-z/_+=.@-]{1,512}$/, {
    error: 'put the webhook URL into a secret of Secrets Manager and give its name here: no URL, no token, no ARN.',
    abort: true,
  })
  .refine((name) => !resemblesSlackCredential(name), {
    error: 'put the webhook URL into a secret of Secrets Manager and give its name here: no URL, no token.',
  })
  .describe('Name of the Secrets Manager secret whose value is the URL of a Slack incoming webhook.');
