import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../kubernetes/free-ports.ts';

/** What kube-proxy of one node is to know. */
export interface ProxyState {
  /** By the name of a Service: its healthCheckNodePort, and how many ready endpoints are on the node. */
  Services: Record<string, { Port: number; Endpoints: number }>;
  /** True while it fails to write its rules. */
  Stuck?: boolean;
}

/** The health servers of kube-proxy for one node of a cluster. */
export interface HealthServers {
  healthzPort: number;
  become(state: ProxyState): Promise<void>;
  close(): Promise<void>;
}

/** An answer as a health check sees it. */
export interface HealthAnswer {
  status: number;
  type: string | null;
  weight: string | null;
  body: unknown;
}

/** Starts them; they listen on 127.0.0.1. */
export async function startHealthServers(program: string, kubeconfig: string, node: string): Promise<HealthServers> {
  const [healthzPort = 0] = await freePorts(1);
  const child = spawn(program, [kubeconfig, node, `127.0.0.1:${healthzPort}`], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  const become = async (state: ProxyState) => {
    child.stdin.write(`${JSON.stringify(state)}\n`);
    if ((await answers.next()).done) throw new Error('the health servers ended');
  };
  await become({ Services: {} });
  return {
    healthzPort,
    become,
    async close() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** Asks one of them, again until it listens. */
export async function ask(port: number, path: string, attempts = 50): Promise<HealthAnswer> {
  try {
    const { status, headers, ...answer } = await fetchOnce(port, path);
    return { status, type: headers.get('content-type'), weight: headers.get(weightHeader), body: answer.body };
  } catch (error) {
    if (attempts === 0) throw error;
    await sleep(100);
    return ask(port, path, attempts - 1);
  }
}

const weightHeader = 'x-load-balancing-endpoint-weight';

async function fetchOnce(port: number, path: string) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } });
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
}
