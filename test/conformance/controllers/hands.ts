import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { LiveCluster } from './live-cluster.ts';

/** AWS CLI and kubectl, as a person uses them on a cluster. */
export interface Hands {
  /** What the command printed as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer of AWS
  aws(...args: string[]): Promise<any>;
  kubectl(...args: string[]): Promise<string>;
}

export const handsOn = ({ env, kubeconfig }: LiveCluster): Hands => ({
  async aws(...args) {
    const printed = await output('aws', [...args, '--output=json'], env);
    return printed.trim() === '' ? undefined : JSON.parse(printed);
  },
  kubectl: (...args) => output('kubectl', [`--kubeconfig=${kubeconfig}`, ...args], {}),
});

async function output(program: string, args: string[], env: Record<string, string>): Promise<string> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [printed, complaint, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('close', resolve)),
  ]);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${complaint}`);
  return printed;
}
