import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { request } from 'undici';
import { listen } from '../../../lab/wire/listen.ts';
import { interfacesIn } from './balancer-interfaces.ts';
import { noForwards } from './forwards.ts';
import {
  type Answer,
  asNetworkLoadBalancing,
  attributesOfNew,
  noGroups,
  type QueryCall,
  refusalOf,
  withDefaults,
} from './load-balancing-gaps.ts';
import { noMatchers } from './matchers.ts';
import { noQuic } from './quic.ts';
import { type Judgement, noRegistrations } from './registrations.ts';
import { noRuleDescriptions } from './rule-descriptions.ts';

/** moto with what it lacks of Elastic Load Balancing. */
export interface Bridge {
  url: string;
  /** Says how targets are; they are healthy before. */
  judge(health: Judgement): void;
  close(): Promise<void>;
}

/** Answers for moto at another address, and closes the gaps that keep a controller from working against it. */
export async function bridgeTo(motoUrl: string): Promise<Bridge> {
  const forwards = noForwards();
  const registrations = noRegistrations();
  const matchers = noMatchers();
  const quic = noQuic();
  const descriptions = noRuleDescriptions();
  const interfaces = interfacesIn(motoUrl);
  let judgement: Judgement = () => undefined;
  const server = createServer(async (incoming, outgoing) => {
    try {
      const body = await text(incoming);
      const call = callIn(incoming, body);
      const answer = await (call === undefined ? forward(motoUrl, incoming, body) : answerTo(incoming, call));
      outgoing.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
    } catch (error) {
      outgoing.writeHead(502).end(String(error));
    }
  });
  const { port, close } = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    judge(health) {
      judgement = health;
    },
    async close() {
      interfaces.close();
      await close();
    },
  };

  async function answerTo(incoming: IncomingMessage, call: QueryCall): Promise<Answer> {
    const passed = forwards.byGroup(call);
    if (passed === undefined) return noGroups;
    const refusal = refusalOf(call);
    if (refusal !== undefined) return refusal;
    const answer = await forward(motoUrl, incoming, withDefaults(quic.asKnownToMoto(passed)));
    const body = asNetworkLoadBalancing(call, answer.body);
    if (answer.status >= 300) return { ...answer, body };
    forwards.note(call, body);
    await interfaces.follow(call, body);
    const attributes = attributesOfNew(call, body);
    if (attributes !== undefined) await forward(motoUrl, incoming, attributes.toString());
    registrations.note(call, body);
    matchers.note(call);
    quic.note(call, body);
    descriptions.note(call);
    if (call.action === 'DescribeSecurityGroupRules') return { ...answer, body: descriptions.complete(body) };
    if (call.action === 'DescribeTargetHealth') return registrations.health(call, judgement);
    if (/^(Describe|Create|Modify)Listeners?$/.test(call.action)) return { ...answer, body: quic.complete(body) };
    return /^(Describe|Create|Modify)TargetGroups?$/.test(call.action)
      ? { ...answer, body: quic.complete(matchers.complete(forwards.withLoadBalancers(body))) }
      : { ...answer, body };
  }
}

/** The call, where it is one of Elastic Load Balancing or EC2, whose protocol is a form. */
function callIn({ headers }: IncomingMessage, body: string): QueryCall | undefined {
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return undefined;
  const parameters = new URLSearchParams(body);
  return { action: parameters.get('Action') ?? '', parameters };
}

/** Headers that are about one connection, not about the call. */
const ofConnection = ['host', 'content-length', 'connection', 'expect', 'transfer-encoding', 'accept-encoding'];

async function forward(
  motoUrl: string,
  { url = '/', method = 'POST', headers }: IncomingMessage,
  body: string,
): Promise<Answer> {
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
