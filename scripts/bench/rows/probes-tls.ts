import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isInstalled, type Line, ofChildren, type Peer } from './probes-peers.ts';

const run = promisify(execFile);
const seconds = 3;

/** What a handshake costs without a prober: by Node.js, and by OpenSSL alone where its program is installed. */
export async function measureTls(port: number, { count, prefix }: Peer): Promise<Line[]> {
  const alone = `ulimit -n 1024; exec ${prefix} "${process.execPath}" scripts/bench/rows/probes-tls-alone.ts ${port} ${count}`;
  const { wallMs, cpuMs } = JSON.parse((await run('sh', ['-c', alone])).stdout);
  const line = lineOf('tls.connect of Node.js', { wallMs, cpuMs, count });
  return (await isInstalled('openssl')) ? [line, await measureOpenssl(port, prefix)] : [line];
}

/** One handshake after the other for some seconds, with the curves of the prober. */
async function measureOpenssl(port: number, prefix: string): Promise<Line> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const config = join(folder, 'openssl.cnf');
  writeFileSync(
    config,
    'openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\nGroups = X25519:P-256:P-384:P-521\n',
  );
  const program = `${prefix} openssl s_time -connect 127.0.0.1:${port} -new -time ${seconds}`;
  const { stdout } = await run('sh', ['-c', `${program} 2>&1; times`], {
    env: { ...process.env, OPENSSL_CONF: config },
  });
  rmSync(folder, { recursive: true });
  const count = Number(/(\d+) connections in \d+ real seconds/.exec(stdout)?.[1]);
  return lineOf('openssl s_time, one by one', { wallMs: seconds * 1000, cpuMs: ofChildren(stdout), count });
}

const lineOf = (program: string, { wallMs, cpuMs, count }: { wallMs: number; cpuMs: number; count: number }): Line => ({
  program,
  targets: `HTTPS, ${count} handshakes`,
  'wall ms': Math.round(wallMs),
  'CPU ms each': Number((cpuMs / count).toFixed(3)),
});
