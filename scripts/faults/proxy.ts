import type { Server } from 'node:http';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Agent, request as send } from 'undici';
import type { Lab } from '../../lab/lab.ts';
import { issueForLoopback } from '../../lab/wire/certificates.ts';
import { awsCall } from './aws-call.ts';
import { type Call, kubernetesCall } from './calls.ts';
import { type Channels, channelCall, channelsAt, originOfChannel } from './channels.ts';
import type { Fault } from './faults.ts';
import { type Front, openFront } from './front.ts';
import type { Answer } from './refusal.ts';

/** Stands between the product and the lab. */
export interface FaultProxy {
  /** Environment that points the product at the proxy. */
  env: Record<string, string>;
  /** Where the channels of the lab are behind the proxy. */
  channels: Channels;
  /** From now on this call goes wrong in this way; in Kubernetes in the first cluster only. */
  inflict(call: Call, fault: Fault): void;
  /** From now on nothing goes wrong. */
  spare(): void;
  /** Ids of all calls that were made since either, in their order. */
  called(): string[];
  /** How often the call was made since. */
  struck(): number;
  /** Requests that arrived where a redirect points. */
  trapped(): number;
  close(): Promise<void>;
}

interface Plan {
  call: Call;
  fault: Fault;
  times: number;
  first?: Promise<Answer>;
}

/** Something that is answered for: an API behind a front. */
interface Behind {
  originOf(url: string): string | undefined;
  dispatcher: Agent;
  nameOf(request: IncomingMessage, body: Buffer): string;
  /** Whether faults strike here. */
  strikes: boolean;
  headers?: Record<string, string>;
  alter?(id: string, answer: Answer): Answer;
}

const trapPath = '/trap';

/** A request for a page that only the proxy knows, in the address, a form or JSON. */
const nextPage = /(?:[?&](?:continue|nextToken)|(?:^|&)(?:Marker|NextToken))=(?:page-|again)|"(?:page-\d+|again)"/;

/** Opens the proxy: one front for AWS, and one with TLS for each cluster, which DescribeCluster then names. */
export async function openProxy(lab: Lab): Promise<FaultProxy> {
  let plan: Plan | undefined;
  let trapped = 0;
  let called: string[] = [];
  const trap = (): string => `http://127.0.0.1:${awsFront.port}${trapPath}`;
  const token = /"token": "([^"]+)"/.exec(lab.kubeconfig)?.[1] ?? '';
  const { ca, server: pair } = await issueForLoopback('fault-proxy');
  const agents: Agent[] = [];
  const agent = (options: Agent.Options): Agent => {
    const made = new Agent(options);
    agents.push(made);
    return made;
  };

  async function open(serve: (listener: RequestListener) => Server, behind: Behind): Promise<Front> {
    const front = await openFront(
      serve((request, response) => {
        // A caller that hangs up in the middle of a request has had enough.
        answerTo(request, response).catch(() => response.destroy());
      }),
    );

    async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const body = Buffer.concat(await request.toArray());
      if (request.url === trapPath) trapped += 1;
      const id = behind.nameOf(request, body);
      called.push(id);
      const answer = async (): Promise<Answer> => {
        const given = await pass(behind, request, body);
        return behind.alter?.(id, given) ?? given;
      };
      const reply = ({ status, headers, body: sent }: Answer): void => {
        response.writeHead(status, { ...headers, 'content-length': sent.length }).end(sent);
      };
      if (plan === undefined || !behind.strikes || plan.call.id !== id) return reply(await answer());
      const struck = plan;
      struck.times += 1;
      const isNextPage = nextPage.test(`${request.url}&${body}`);
      const forward = (): Promise<Answer> => {
        if (isNextPage && struck.first !== undefined) return struck.first;
        struck.first = answer();
        return struck.first;
      };
      const socket = front.socketOf(request.socket.remotePort);
      await struck.fault.strike({
        api: struck.call.api,
        times: struck.times,
        forward,
        send: reply,
        response,
        socket,
        trap: trap(),
      });
    }
    return front;
  }

  const fronts = new Map<string, Front>();
  for (const [index, { cluster }] of lab.world.clusters.entries()) {
    const front = await open((listener) => createTlsServer(pair, listener), {
      originOf: () => cluster.endpoint,
      dispatcher: agent({ connect: { ca: Buffer.from(cluster.certificateAuthority, 'base64').toString() } }),
      nameOf: ({ url = '' }) => kubernetesCall(url),
      strikes: index === 0,
      // The lab takes a token of EKS only where its signature names the lab's own STS.
      headers: { authorization: `Bearer ${token}` },
    });
    fronts.set(cluster.name, front);
  }
  const awsFront = await open((listener) => createServer(listener), {
    originOf: () => lab.env['AWS_ENDPOINT_URL'],
    dispatcher: agent({}),
    nameOf: ({ method = 'GET', url = '', headers }, body) => awsCall({ method, url, headers, body: body.toString() }),
    strikes: true,
    alter: (id, answer) => (id === 'eks:DescribeCluster' && answer.status === 200 ? moved(answer) : answer),
  });

  const channelFront = await open((listener) => createServer(listener), {
    originOf: (url) => originOfChannel(lab, url),
    dispatcher: agent({}),
    nameOf: ({ url = '' }) => channelCall(url),
    strikes: true,
  });

  function moved(answer: Answer): Answer {
    const { cluster } = JSON.parse(answer.body.toString());
    const endpoint = `https://127.0.0.1:${fronts.get(cluster.name)?.port}`;
    const certificateAuthority = { data: Buffer.from(ca).toString('base64') };
    return {
      ...answer,
      body: Buffer.from(JSON.stringify({ cluster: { ...cluster, endpoint, certificateAuthority } })),
    };
  }

  return {
    env: { ...lab.env, AWS_ENDPOINT_URL: `http://127.0.0.1:${awsFront.port}` },
    channels: channelsAt(`http://127.0.0.1:${channelFront.port}`, lab),
    inflict(call, fault) {
      plan = { call, fault, times: 0 };
      trapped = 0;
      called = [];
    },
    spare() {
      plan = undefined;
      called = [];
    },
    called: () => called,
    struck: () => plan?.times ?? 0,
    trapped: () => trapped,
    async close() {
      for (const front of [awsFront, channelFront, ...fronts.values()]) front.close();
      await Promise.all(agents.map((each) => each.destroy()));
    },
  };
}

/** What the lab answers; its own connection headers end here. */
async function pass(behind: Behind, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const { method = 'GET', url = '/', headers } = request;
  const origin = behind.originOf(url);
  // Nobody is there who does more than listen.
  if (origin === undefined) return { status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from('ok') };
  const { connection: _, 'content-length': __, 'transfer-encoding': ___, expect: ____, ...kept } = headers;
  const answer = await send(new URL(url, origin), {
    method: method as 'GET' | 'POST',
    headers: { ...kept, ...behind.headers, 'accept-encoding': 'identity' },
    ...(body.length > 0 && { body }),
    dispatcher: behind.dispatcher,
  });
  const type = answer.headers['content-type'];
  return {
    status: answer.statusCode,
    headers: typeof type === 'string' ? { 'content-type': type } : {},
    body: Buffer.from(await answer.body.arrayBuffer()),
  };
}
