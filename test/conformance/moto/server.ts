import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import { createInterface } from 'node:readline';

/** moto on loopback, empty. */
export interface MotoServer {
  url: string;
  /** Points the SDK, the AWS CLI and the product at it. */
  env: Record<string, string>;
  close(): Promise<void>;
}

/** Starts moto for one account on a free port; `environment` changes its own. */
export async function startMoto(
  { account, region }: { account: string; region: string },
  environment: Record<string, string> = {},
): Promise<MotoServer> {
  const server = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    env: { ...process.env, MOTO_ACCOUNT_ID: account, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(server, 'exit');
  const url = await addressIn(createInterface(server.stderr));
  return {
    url,
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: 'moto',
      AWS_SECRET_ACCESS_KEY: 'moto',
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
    },
    async close() {
      server.kill();
      await exited;
    },
  };
}

/** The address that the server says it listens at; it goes on writing a line for every request. */
function addressIn(lines: ReturnType<typeof createInterface>): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    lines.on('line', (line) => {
      said += `${line}\n`;
      const url = /Running on (http:\S+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
    lines.once('close', () => reject(new Error(`moto did not start:\n${said}`)));
  });
}
