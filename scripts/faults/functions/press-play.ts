import { createHmac } from 'node:crypto';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { buildAccount } from '../../../lab/world/account.ts';
import { type Deployment, deploy, served, signingSecret } from './deployment.ts';
import { fresh } from './fresh.ts';
import type { Play } from './play.ts';

type Handler = typeof import('../../../lambda/interactions.ts')['handler'];

const vpcId = 'vpc-0aaaaaaaaaaaaaa01';
const incident = '111122223333/eu-west-1/shop/pod-crashloop';

/** The function behind the buttons: it never says that something is done which is not, and a second press does it. */
export async function pressPlay(): Promise<Play & { deployment: Deployment }> {
  const deployment = await deploy(buildAccount({ network: '127.63' }), { auditors: { [vpcId]: 'the-auditor' } });
  const { lab, proxy, restore, items } = deployment;
  await lab.apply(served(lab.world, deployment));
  let presses = 0;
  let answered: number | undefined;
  let isDone = false;

  async function press(id: string): Promise<number | undefined> {
    presses += 1;
    const { handler } = await fresh<{ handler: Handler }>('interactions');
    const { statusCode } = await handler(
      request(id.startsWith('lambda:') ? 'recheck' : 'mute-1d', proxy.channels.responseUrl, presses),
    );
    return statusCode;
  }

  const done = async (id: string): Promise<boolean> =>
    id.startsWith('lambda:') ? lab.deliveries.length > 0 : (await items()).some(({ pk }) => pk === 'MUTES');

  return {
    deployment,
    // lib/slack-buttons.ts
    allottedMs: 15_000,
    async begin() {
      await restore([]);
      lab.deliveries.length = 0;
      answered = undefined;
      isDone = false;
    },
    async act({ id }) {
      answered = await press(id);
    },
    during: () => [],
    async recover({ id }) {
      isDone = await done(id);
      const again = await press(id);
      const isDoneAgain = await done(id);
      return {
        duplicates: 0,
        violations: [
          ...(answered === 200 && !isDone ? ['says that it is done, and it is not'] : []),
          ...(again === 200 && isDoneAgain ? [] : [`a second press is answered ${again}`]),
        ],
      };
    },
    close: deployment.close,
  };
}

function request(action: string, response_url: string, press: number): LambdaFunctionURLEvent {
  const payload = {
    type: 'block_actions',
    user: { id: 'U1', username: 'ada' },
    actions: [{ action_id: action, value: `${vpcId} ${incident}` }],
    response_url,
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload), press: String(press) }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const event: Partial<LambdaFunctionURLEvent> = {
    headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature },
    body,
    isBase64Encoded: false,
  };
  return event as LambdaFunctionURLEvent;
}
