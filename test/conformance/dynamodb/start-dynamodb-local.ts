import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../kubernetes/free-ports.ts';

export interface DynamoDbLocal {
  endpoint: string;
  close(): Promise<void>;
}

/** Starts DynamoDB Local without tables, in memory, telling nobody of its use. It listens on every address. */
export async function startDynamoDbLocal(folder: string): Promise<DynamoDbLocal> {
  const [port = 0] = await freePorts(1);
  const child = spawn(
    'java',
    [
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-Xmx256m',
      `-Djava.library.path=${folder}/DynamoDBLocal_lib`,
      '-jar',
      `${folder}/DynamoDBLocal.jar`,
      '-inMemory',
      '-sharedDb',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { stdio: 'ignore', env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' } },
  );
  const deadline = Date.now() + 30_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('DynamoDB Local does not start');
    await sleep(50);
  }
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async close() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
