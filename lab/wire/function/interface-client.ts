import { basename, dirname } from 'node:path';
import { type StartRuntime, spawnNode } from './runtime.ts';
import { openRuntimeApi } from './runtime-api.ts';
import { supervise } from './supervise.ts';

/** With Lambda's own runtime interface client, whose entry point is `client`, as it runs in Lambda's base images. */
export const interfaceClient =
  (client: string): StartRuntime =>
  async (options) => {
    const { bundle, handler, env } = options;
    const name = env['AWS_LAMBDA_FUNCTION_NAME'] ?? 'lab';
    const api = await openRuntimeApi(`arn:aws:lambda:${env['AWS_REGION']}:111122223333:function:${name}`);
    const spawnedAt = performance.now();
    const entry = `${basename(bundle).replace(/\.\w+$/, '')}.${handler}`;
    const child = spawnNode([client, entry], options, {
      variables: {
        AWS_LAMBDA_RUNTIME_API: api.address,
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
        AWS_LAMBDA_LOG_STREAM_NAME: 'lab',
        LAMBDA_TASK_ROOT: dirname(bundle),
        _HANDLER: entry,
      },
    });
    child.once('exit', () => void api.close());
    return supervise({ child, spawnedAt, loaded: api.loaded, ask: api.invoke });
  };
