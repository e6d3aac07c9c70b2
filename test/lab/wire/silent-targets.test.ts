import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';
import { test } from './lab-fixture.ts';
import { smallWorld, socket } from './small-world.ts';

const host = '127.66.2.1';
const patienceMs = 400;

/** How an attempt to connect ends within the patience. */
function attempt(port: number): Promise<string> {
  return new Promise((resolve) => {
    const client = connect({ host, port, timeout: patienceMs });
    const end = (outcome: string) => {
      client.destroy();
      resolve(outcome);
    };
    client.on('connect', () => end('open'));
    client.on('timeout', () => end('silent'));
    client.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'error'));
  });
}

const silent = (...ports: number[]) => ports.map((port) => socket(host, port, { kind: 'silent' }));

describe('silent targets', () => {
  test('answer to nobody, however many ask', async ({ start }) => {
    await start({ sockets: silent(9001, 9002) });
    const attempts = Array.from({ length: 100 }, (_, index) => attempt(9001 + (index % 2)));
    expect(new Set(await Promise.all(attempts))).toEqual(new Set(['silent']));
  });

  test('can begin to answer, and fall silent again', async ({ start }) => {
    const lab = await start({ sockets: silent(9001, 9002) });
    await lab.apply(smallWorld({ sockets: [...silent(9001), socket(host, 9002, { kind: 'tcp' })] }));
    expect(await Promise.all([attempt(9001), attempt(9002)])).toEqual(['silent', 'open']);
    await lab.apply(smallWorld({ sockets: silent(9002) }));
    expect(await Promise.all([attempt(9001), attempt(9002)])).toEqual(['ECONNREFUSED', 'silent']);
  });

  test('end with the lab', async ({ start }) => {
    const lab = await start({ sockets: silent(9001) });
    expect(await attempt(9001)).toBe('silent');
    await lab.close();
    expect(await attempt(9001)).toBe('ECONNREFUSED');
  });

  test('end with the process of the lab, even when it is killed', async () => {
    const program = fileURLToPath(new URL('./orphan.ts', import.meta.url));
    const parent = spawn(process.execPath, [program, host, '9003'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(parent.stdout, 'data');
    expect(await attempt(9003)).toBe('silent');
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await expect.poll(() => attempt(9003), { timeout: 5000 }).toBe('ECONNREFUSED');
  });
});
