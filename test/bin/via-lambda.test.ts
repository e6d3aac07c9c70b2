import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { summarize } from '../../core/lifecycle/run-summary.ts';
import { costOf } from '../../core/model/run-cost.ts';
import { demoWorld } from '../../lab/demo.ts';
import { auditWorld, thisSecond } from '../scenarios/audit-world.ts';
import { runCli } from './run-cli.ts';

const { report } = await auditWorld(demoWorld({ network: '127.75', now: thisSecond() }));
const summary = { ...summarize(report, []), ...costOf({ durationMs: 5000, memoryMb: 1024 }) };
const kept = { bucket: 'reports', key: 'runs/latest.json' };

/** Functions by name, and what they answer; Lambda and S3 as far as Invoke and GetObject. */
const functions: Record<string, unknown> = {
  'auditor-without-bucket': summary,
  'auditor-with-bucket': { ...summary, report: kept },
  'auditor-of-a-lost-report': { ...summary, report: { ...kept, key: 'gone.json' } },
  notifier: { batchItemFailures: [] },
};
const events: unknown[] = [];
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? '', 'http://lambda');
  const [, name = ''] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(pathname) ?? [];
  if (request.method === 'POST') events.push(JSON.parse(await text(request)));
  if (name === 'broken') {
    response.setHeader('x-amz-function-error', 'Unhandled');
    return response.end('{"errorMessage":"no route to the cluster","errorType":"Error"}');
  }
  if (functions[name] !== undefined) return response.end(JSON.stringify(functions[name]));
  if (pathname === '/reports/runs/latest.json') return response.end(gzipSync(JSON.stringify(report)));
  response.statusCode = 404;
  if (name === '') return response.end('<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>');
  response.setHeader('x-amzn-errortype', 'ResourceNotFoundException');
  return response.end('{"message":"Function not found"}');
});
await once(server.listen(0, '127.0.0.1'), 'listening');
afterAll(() => void server.close());

const via = (name: string, ...args: string[]) =>
  runCli(['audit', '--via-lambda', name, ...args], {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });

test('prints the report that the function kept, and asked it to write nothing', async () => {
  const { stdout, code } = await via('auditor-with-bucket', '--cluster', 'shop', '--namespace', 'orders');
  expect(events.at(-1)).toEqual({ dryRun: true, clusters: ['shop'] });
  expect(stdout).toContain('pod-crashloop, confirmed');
  expect(stdout).toMatch(/\(only namespace orders\)\n$/);
  expect(code).toBe(1);
});

test('has the run in numbers only where no report was kept, and says so', async () => {
  const { stdout, code } = await via('auditor-without-bucket');
  expect(stdout).toContain(`${summary.diagnoses.unhealthy} causes, `);
  expect(stdout).toContain('has no report bucket');
  expect(code).toBe(1);
  const json = await via('auditor-without-bucket', '--output', 'json');
  expect(JSON.parse(json.stdout)).toEqual(summary);
});

test.each([
  ['a form that numbers do not have', ['auditor-without-bucket', '--output', 'html'], /answers in numbers only/],
  ['no such function', ['nobody'], /"?nobody"? could not be invoked: Function not found; name it as/],
  ['a function that fails', ['broken'], /the function broken failed: no route to the cluster; its log group/],
  ['another function', ['notifier'], /did not answer as an auditor does; give the name of the auditor/],
  [
    'a report that is not readable',
    ['auditor-of-a-lost-report'],
    /s3:\/\/reports\/gone.json could not be read: .*; allow/,
  ],
])('%s is one sentence with the remedy', async (_, [name = '', ...args], message) => {
  const { stderr, stdout, code } = await via(name, ...args);
  expect(stderr.trim().split('\n').at(-1)).toMatch(message);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});
