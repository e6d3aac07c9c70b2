import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What is there after a stack was created in moto. */
export interface DeployedStack {
  status: string;
  reason: string;
  outputs: string[];
  /** How many resources are really there, by type. */
  there: Record<string, number>;
  functions: { runtime: string; memory: number; timeout: number; role: string; settings: string }[];
}

const script = fileURLToPath(new URL('deploy_stack.py', import.meta.url));

/** Empties moto and creates a stack in it, with stand-ins for what moto cannot digest (named in the script). */
export async function deployStack(template: string, url: string, region: string): Promise<DeployedStack> {
  await fetch(`${url}/moto-api/reset`, { method: 'POST' });
  return JSON.parse(execFileSync('python3', [script, template, url, region], { encoding: 'utf8' }));
}
