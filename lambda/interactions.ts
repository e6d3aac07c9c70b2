import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { APIGatewayProxyStructuredResultV2, LambdaFunctionURLEvent } from 'aws-lambda';
import { readSettings, type Settings } from '../config/settings.ts';
import { parseKey } from '../core/model/fingerprint.ts';
import { escapeSlack } from '../core/render/message/slack-text.ts';
import { bounded, briefBounds } from '../io/aws/bounded.ts';
import { secretsClient } from '../io/aws/secrets-client.ts';
import { atOnce } from '../io/aws/time-outs.ts';
import { log } from '../io/log.ts';
import { type Credential, credential } from '../io/notify/credential.ts';
import { isSigned, type Press, readPress } from '../io/notify/slack-request.ts';
import { putMute } from '../io/store/mutes.ts';
import { isFirstRequest } from '../io/store/requests.ts';
import { tableClient } from '../io/store/table-client.ts';
import { startAuditor } from '../io/triggers/start-auditor.ts';

/** Kept between invocations, so that connections and the signing secret are used again: Slack waits three seconds. */
let warm: Interactions | undefined;

interface Interactions {
  settings: Settings;
  client: DynamoDBClient;
  lambda: LambdaClient;
  signingSecret: Credential;
}

/** Milliseconds for the signing secret: Slack waits three seconds, and the answer has to be written. */
const secretMs = 5000;

/** Answers the buttons under messages in Slack. What Slack did not sign, or signed long ago, or sent before is refused. */
export const handler = async (event: LambdaFunctionURLEvent): Promise<APIGatewayProxyStructuredResultV2> => {
  warm ??= start(readSettings(process.env));
  const { settings, client, signingSecret } = warm;
  const body = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString() : (event.body ?? '');
  const { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature } = event.headers;
  const secret = await signingSecret.read(AbortSignal.timeout(secretMs));
  if (secret === null) throw new Error(`secret ${signingSecret.secretName} does not hold ${signingSecret.called}`);

  const now = Date.now();
  if (signature === undefined || !isSigned({ timestamp, signature, body }, secret, now)) {
    return { statusCode: 401, body: 'not signed' };
  }
  const place = { client, table: settings.table };
  if (!(await isFirstRequest(place, signature, now))) return { statusCode: 401, body: 'seen before' };
  const press = readPress(body);
  if (press === null) return { statusCode: 400, body: 'no known button' };

  const answer = press.muteHours === null ? await checkAgain(press, warm) : await mute(press, press.muteHours, warm);
  log('info', 'button', { incident: press.incident, user: press.user, answer });
  await reply(press, answer);
  return { statusCode: 200 };
};

function start(settings: Settings): Interactions {
  if (settings.buttons === undefined) throw new Error('AUDITOR_SETTINGS names no signing secret');
  const lambda = new LambdaClient(atOnce);
  lambda.middlewareStack.use(bounded(briefBounds));
  return {
    settings,
    client: tableClient({}, atOnce),
    lambda,
    signingSecret: credential({
      client: secretsClient({}, atOnce),
      name: settings.buttons.signingSecret,
      kind: 'slackSigningSecret',
    }),
  };
}

async function mute({ incident, user }: Press, hours: number, { client, settings }: Interactions): Promise<string> {
  const until = new Date(Date.now() + hours * 3_600_000).toISOString();
  await putMute({ client, table: settings.table }, { pattern: incident, owner: user, reason: 'muted in Slack', until });
  return `${incident} is muted until ${until}`;
}

/** Starts the auditor of the VPC for the cluster of the incident, or for the whole VPC where no cluster owns it. */
async function checkAgain({ incident, vpcId }: Press, { lambda, settings }: Interactions): Promise<string> {
  const FunctionName = settings.auditors?.[vpcId];
  if (FunctionName === undefined) return `${vpcId} has no auditor`;
  const { place } = parseKey(incident);
  const event = place.startsWith('vpc-') ? {} : { clusters: [place] };
  await startAuditor(lambda, FunctionName, event);
  return `${place} is being checked again`;
}

const replyMs = 1000;

/** Tells who pressed the button, if Slack still listens; the work is done either way. */
async function reply({ responseUrl }: Press, text: string): Promise<void> {
  if (responseUrl === undefined) return;
  try {
    await fetch(responseUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text: escapeSlack(text) }),
      redirect: 'error',
      signal: AbortSignal.timeout(replyMs),
    });
  } catch {
    log('warn', 'no one received the answer to a button');
  }
}
