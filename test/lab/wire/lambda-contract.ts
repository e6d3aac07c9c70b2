import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'vitest';
import { type LambdaFunction, type LambdaOptions, lambdaFunction } from '../../../lab/wire/function/lambda.ts';
import type { StartRuntime } from '../../../lab/wire/function/runtime.ts';

/** What a Lambda function does, whatever runs its bundle. */
export function lambdaContract(start: StartRuntime): void {
  const test = testWith(start);

  test('answers with what the handler returns, warm from the second time on', async ({ deploy }) => {
    const counter = await deploy('let n = 0; export const handler = async (event) => ({ n: ++n, echo: event })');
    const [first, second] = [await counter.invoke({ a: 1 }), await counter.invoke(null)];
    expect(first).toMatchObject({ value: { n: 1, echo: { a: 1 } }, coldStartMs: expect.any(Number) });
    expect(second).toMatchObject({ value: { n: 2, echo: null } });
    expect(second).not.toHaveProperty('coldStartMs');
  });

  test('gives a context with a real deadline and a request id of its own', async ({ deploy }) => {
    const source = `export const handler = async (event, context) => ({
      left: context.getRemainingTimeInMillis(), id: context.awsRequestId,
      name: context.functionName, memory: context.memoryLimitInMB })`;
    const options = { env: { AWS_LAMBDA_FUNCTION_NAME: 'auditor' }, timeoutMs: 3000 };
    const reporter = await deploy(source, options);
    const [first, second] = [await reporter.invoke({}), await reporter.invoke({})] as [
      { value: Answer },
      { value: Answer },
    ];
    expect(first.value).toMatchObject({ name: 'auditor', memory: '256' });
    expect(first.value.left).toBeGreaterThan(2000);
    expect(first.value.left).toBeLessThanOrEqual(3000);
    expect(second.value.id).not.toBe(first.value.id);
  });

  test('sees the environment that it is given and nothing else', async ({ deploy }) => {
    const source = 'export const handler = async () => Object.keys(process.env).sort()';
    const { value } = (await (await deploy(source, { env: { MINE: '1' } })).invoke({})) as { value: string[] };
    expect(value).toContain('MINE');
    expect(value).not.toContain('HOME');
  });

  test('is killed at the time-out and starts afresh', async ({ deploy }) => {
    const source = `let n = 0;
      export const handler = async (event) => { n += 1; while (event.hang); return n; }`;
    const sleeper = await deploy(source, { timeoutMs: 300 });
    const late = await sleeper.invoke({ hang: true });
    expect(late).toMatchObject({
      error: { errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('timed out after 0.30 seconds') },
    });
    expect(late.durationMs).toBeGreaterThanOrEqual(295);
    expect(await sleeper.invoke({})).toMatchObject({ value: 1, coldStartMs: expect.any(Number) });
  });

  test('answers with the error that the handler throws, or with its exit', async ({ deploy }) => {
    const thrower = await deploy('export const handler = async () => { throw new RangeError("too far"); }');
    expect(await thrower.invoke({})).toMatchObject({
      error: {
        errorType: 'RangeError',
        errorMessage: 'too far',
        trace: expect.arrayContaining(['RangeError: too far']),
      },
    });
    const quitter = await deploy('export const handler = async () => process.exit(3)');
    expect(await quitter.invoke({})).toMatchObject({
      error: { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') },
    });
  });

  test.for([
    ['does not load', 'throw new Error("broken bundle")', 'broken bundle'],
    ['has no handler', 'export const other = 1', 'handler is undefined'],
    ['takes a callback', 'export const handler = (event, context, done) => done()', 'callback'],
  ] as const)('says when the bundle %s', async ([, source, message], { deploy }) => {
    expect(await (await deploy(source)).invoke({})).toMatchObject({
      error: { errorMessage: expect.stringContaining(message) },
    });
  });

  test('keeps what the function writes', async ({ deploy }) => {
    const talker = await deploy(
      'export const handler = async () => { console.log("hello"); console.error("trouble"); }',
    );
    expect(await talker.invoke({})).toMatchObject({ value: null });
    expect(talker.logs).toContain('hello\n');
    expect(talker.logs).toContain('trouble\n');
  });

  test('cannot answer with more than 6 MB', async ({ deploy }) => {
    const talker = await deploy('export const handler = async () => "x".repeat(6 * 1024 * 1024)');
    expect(await talker.invoke({})).toMatchObject({ error: { errorType: 'Function.ResponseSizeTooLarge' } });
  });

  test('runs one invocation at a time', async ({ deploy }) => {
    const source = `let running = 0;
      export const handler = async () => {
        const seen = ++running;
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return seen;
      }`;
    const single = await deploy(source);
    const answers = await Promise.all([single.invoke({}), single.invoke({}), single.invoke({})]);
    expect(answers).toMatchObject([{ value: 1 }, { value: 1 }, { value: 1 }]);
  });
}

const testWith = (start: StartRuntime) =>
  base.extend<{ deploy(source: string, options?: Partial<LambdaOptions>): Promise<LambdaFunction> }>({
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the dependencies of a fixture from the pattern
    deploy: async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'lab-lambda-'));
      const functions: LambdaFunction[] = [];
      await use(async (source, options) => {
        const bundle = join(folder, `index${functions.length}.mjs`);
        await writeFile(bundle, source);
        const standard = { bundle, handler: 'handler', env: {}, timeoutMs: 5000, memoryMb: 256, start };
        const deployed = lambdaFunction({ ...standard, ...options });
        functions.push(deployed);
        return deployed;
      });
      await Promise.all(functions.map((each) => each.close()));
      await rm(folder, { recursive: true });
    },
  });

interface Answer {
  left: number;
  id: string;
  name: string;
  memory: string;
}
