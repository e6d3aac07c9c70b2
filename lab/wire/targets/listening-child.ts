import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { addressError } from './address-error.ts';

/** A program of this folder, and what it needs to know. */
interface Program {
  name: 'silent-process' | 'lossy-process';
  args?: string[];
  /** The first line of its standard input, which stays open as long as the child is wanted. */
  input?: string;
}

/**
 * Starts a child process and waits until it writes that it listens. The answer ends it, and resolves when it has ended. Throws
 * with a remedy where it cannot listen.
 */
export async function startListening({ name, args = [], input }: Program): Promise<() => Promise<void>> {
  const program = fileURLToPath(new URL(`./${name}${extname(import.meta.url)}`, import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const end = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  try {
    if (input !== undefined) child.stdin.write(`${input}\n`);
    const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), exited]);
    if (line !== 'listening') throw listenError(String(line));
    return end;
  } catch (error) {
    await end();
    throw error;
  }
}

/** Reads what the child says where it cannot listen. */
function listenError(line: string): Error {
  if (!line.startsWith('{')) return new Error(`A process behind targets of the lab ended: ${line}`);
  const { code, address, port } = JSON.parse(line) as { code: string; address: string; port: number };
  return addressError(Object.assign(new Error(code), { code }), address, port);
}
