import { pathToFileURL } from 'node:url';
import type { Answer, FunctionError, Invoke, Startup } from './message.ts';

/**
 * Program of the child process behind a lab function. Arguments: the bundle's path and the handler's name. It loads
 * the bundle as Lambda's Node runtime does and runs one invocation per message of the host.
 */
const [bundle = '', handlerName = ''] = process.argv.slice(2);

type Handler = (event: unknown, context: object) => unknown;

const send = (message: Startup | Answer): void => void process.send?.(message);

function describe(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
}

async function load(): Promise<Handler> {
  const module = (await import(pathToFileURL(bundle).href)) as Record<string, unknown>;
  const handler = module[handlerName];
  if (typeof handler !== 'function') throw new TypeError(`index.${handlerName} is undefined or not exported`);
  // The runtimes since Node.js 24 take no callback.
  if (handler.length > 2)
    throw new TypeError(`index.${handlerName} takes a callback, which the runtime does not support`);
  return handler as Handler;
}

const contextOf = ({ requestId, deadline }: Invoke): object => {
  const name = process.env['AWS_LAMBDA_FUNCTION_NAME'];
  return {
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${process.env['AWS_REGION']}:111122223333:function:${name}`,
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'lab',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
};

process.on('disconnect', () => process.exit());

try {
  const handler = await load();
  process.on('message', async (invoke: Invoke) => {
    try {
      send({ value: (await handler(invoke.event, contextOf(invoke))) ?? null });
    } catch (error) {
      send({ error: describe(error) });
    }
  });
  send({ started: true });
} catch (error) {
  send({ error: describe(error) });
}
