import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { request } from 'undici';
import { listen } from '../../../lab/wire/listen.ts';
import { answerAsElasticLoadBalancing, type QueryCall, refusalOf, withDefaults } from './load-balancing-gaps.ts';

/** moto with what it lacks of Elastic Load Balancing. */
export interface Bridge {
  url: string;
  /** Actions in the order in which they were called; reading is left out. */
  calls: string[];
  /** Says how targets are, which moto calls healthy as long as their instance runs. */
  judge(health: Judgement): void;
  close(): Promise<void>;
}

/** State of a registered target, with `reason` where it is not healthy; `undefined` leaves what moto says. */
export type Judgement = (target: { id: string; port: number }) => { state: string; reason?: string } | undefined;

/** Answers for moto at another address, and closes the gaps that keep a controller from working against it. */
export async function bridgeTo(motoUrl: string): Promise<Bridge> {
  const calls: string[] = [];
  let judgement: Judgement = () => undefined;
  const server = createServer(async (incoming, outgoing) => {
    try {
      const body = await text(incoming);
      const call = callIn(incoming, body);
      if (call !== undefined && !/^(Describe|List|Get)/.test(call.action)) calls.push(call.action);
      const refusal = call && refusalOf(call);
      const answer = refusal ?? (await forward(motoUrl, incoming, call === undefined ? body : withDefaults(call)));
      outgoing.writeHead(answer.status, { 'content-type': answer.type });
      const said = call === undefined ? answer.body : await answerAsElasticLoadBalancing(call, answer.body, motoUrl);
      outgoing.end(call?.action === 'DescribeTargetHealth' ? judged(said, judgement) : said);
    } catch (error) {
      outgoing.writeHead(502).end(String(error));
    }
  });
  const { port, close } = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    judge(health) {
      judgement = health;
    },
    close,
  };
}

/** The call, where it is one of Elastic Load Balancing or EC2, whose protocol is a form. */
function callIn({ headers }: IncomingMessage, body: string): QueryCall | undefined {
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return undefined;
  const parameters = new URLSearchParams(body);
  return { action: parameters.get('Action') ?? '', parameters };
}

/** Headers that are about one connection, not about the call. */
const ofConnection = ['host', 'content-length', 'connection', 'expect', 'transfer-encoding', 'accept-encoding'];

async function forward(motoUrl: string, { url = '/', method = 'POST', headers }: IncomingMessage, body: string) {
  const kept = Object.entries(headers).filter(([name]) => !ofConnection.includes(name));
  const answer = await request(`${motoUrl}${url}`, {
    method: method as 'POST',
    headers: Object.fromEntries(kept),
    ...(body !== '' && { body }),
  });
  return {
    status: answer.statusCode,
    type: String(answer.headers['content-type'] ?? 'text/xml'),
    body: await answer.body.text(),
  };
}

/** The answer with the states of the targets as they are judged. */
function judged(answer: string, judgement: Judgement): string {
  return answer.replace(/<member>.*?<\/member>/gs, (member) => {
    const read = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(member)?.[1] ?? '';
    const health = judgement({ id: read('Id'), port: Number(read('Port')) });
    if (health === undefined) return member;
    const reason =
      health.reason === undefined ? '' : `<Reason>${health.reason}</Reason><Description>${health.reason}</Description>`;
    return member.replace(
      /<TargetHealth>.*?<\/TargetHealth>/s,
      `<TargetHealth><State>${health.state}</State>${reason}</TargetHealth>`,
    );
  });
}
