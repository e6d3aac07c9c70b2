import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../core/model/report.ts';
import type { Lab } from '../../../lab/lab.ts';
import { startLab } from '../../../lab/start.ts';
import { type Invocation, type LambdaFunction, lambdaFunction } from '../../../lab/wire/function/lambda.ts';
import { accountOf } from '../../../scripts/bench/account.ts';
import { bundle } from '../../../scripts/bundle.ts';
import { oneVpc, templateOf } from '../../lib/synthesize.ts';
import { findEngine as findCfnLint } from '../engines/cfn-lint.ts';
import { findEngine as findMoto } from '../engines/moto.ts';
import { startMoto } from '../moto/server.ts';
import { type Execution, execute, serveCallees } from './state-machine.ts';

const template = templateOf({ ...oneVpc, scale: 'distributed' });
const bucket = 'eks-nlb-auditor-reports';
/** `DISTRIBUTED_CLUSTERS=200` runs a large account, which takes a quarter of an hour. */
const size = { clusters: Number(process.env['DISTRIBUTED_CLUSTERS'] ?? 30), services: 2 };
/** Functions that are there at the same time; Lambda has more. */
const processes = 2;
const owner = '111122223333/eu-west-1/all';
const [whole, later] = ['2026-11-22T10:00:00Z', '2026-11-22T10:05:00Z'];
const patienceMs = size.clusters * 30_000;

/**
 * The definition that CloudFormation would get, but for what moto's grammar does not know: children are Standard, and no
 * failure is tolerated, so that each has to be caught where it happens. And there are no more children at a time than functions:
 * a child that waits for one here would use up the time of its task, which it does not at Lambda.
 */
function definition(): object {
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  if (machine === undefined) throw new Error('the stack has no state machine');
  const [, parts] = machine['Properties'].DefinitionString['Fn::Join'];
  const text = parts.map((part: unknown) => (typeof part === 'string' ? part : resolved(part))).join('');
  return JSON.parse(text, (key, value) => {
    if (key === 'ToleratedFailurePercentage') return undefined;
    if (key === 'MaxConcurrency') return processes;
    return key === 'ExecutionType' && value === 'EXPRESS' ? 'STANDARD' : value;
  });
}

function resolved(part: unknown): string {
  const { Ref, 'Fn::GetAtt': attribute } = part as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  if (attribute !== undefined) return `arn:aws:lambda:eu-west-1:111122223333:function:${attribute[0]}`;
  return Ref === 'AWS::Partition' ? 'aws' : bucket;
}

describe.skipIf(!findCfnLint().found)('cfn-lint', () => {
  test.each(['auto', 'distributed'])('has nothing against a stack with `scale: %s`', (scale) => {
    const folder = mkdtempSync(join(tmpdir(), 'distributed-'));
    const path = join(folder, 'template.json');
    writeFileSync(path, JSON.stringify(templateOf({ ...oneVpc, scale }).toJSON()));
    const { status, stdout } = spawnSync('cfn-lint', [path], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});

describe.skipIf(!findMoto().found)('moto', () => {
  let lab: Lab;
  let folder: string;
  const running: LambdaFunction[] = [];
  const calls: { name: string; event: Record<string, unknown> }[] = [];
  const spoiled = new Map<number, LambdaFunction>();
  let callees: Awaited<ReturnType<typeof serveCallees>>;

  const started = (limits: { memoryMb?: number; timeoutMs?: number } = {}): LambdaFunction => {
    const settings = {
      name: 'a',
      table: 'eks-nlb-auditor',
      scale: 'distributed',
      planBucket: bucket,
      reportBucket: bucket,
    };
    const env = {
      ...lab.env,
      AUDITOR_SETTINGS: JSON.stringify({ ...settings, elbCallsPerSecond: 1000, probe: false }),
    };
    const path = join(folder, 'index.mjs');
    const one = lambdaFunction({
      bundle: path,
      handler: 'handler',
      memoryMb: 1024,
      timeoutMs: 280_000,
      env,
      ...limits,
    });
    running.push(one);
    return one;
  };

  beforeAll(async () => {
    lab = await startLab(accountOf(size.clusters, size.services), { sockets: false });
    folder = mkdtempSync(join(tmpdir(), 'distributed-'));
    writeFileSync(join(folder, 'index.mjs'), await bundle({ entryPoints: ['lambda/auditor.ts'] }));
    const pool = Array.from({ length: processes }, () => started());
    let turn = 0;
    callees = await serveCallees({
      async invoke(name, event) {
        const { stage, index } = event as { stage?: string; index?: number };
        calls.push({ name, event: event as Record<string, unknown> });
        const own = stage === 'part' ? spoiled.get(index ?? -1) : undefined;
        turn += 1;
        const answer: Invocation | undefined = await (own ?? pool[turn % pool.length])?.invoke(event);
        return answer ?? { error: { errorType: 'none' } };
      },
      read: (key) => lab.objects.get(key)?.body,
    });
  }, patienceMs);

  afterAll(async () => {
    await Promise.all(running.map((each) => each.close()));
    callees?.close();
    await lab?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** By a moto of its own: a second execution is more than one takes. */
  async function run(time: string): Promise<Execution> {
    const pathStyle = join(folder, 'aws-config');
    writeFileSync(pathStyle, '[default]\ns3 =\n  addressing_style = path\n');
    // It calls other services at the port that it believes to be its own.
    const moto = await startMoto(lab.world, { MOTO_PORT: String(callees.port), AWS_CONFIG_FILE: pathStyle });
    try {
      return await execute(moto.url, definition(), { time });
    } finally {
      await moto.close();
    }
  }
  const reportOf = (time: string): Report => {
    const { body = Buffer.from('') } = lab.objects.get(`${owner}/${time}.json`) ?? {};
    return JSON.parse(gunzipSync(body).toString());
  };
  const causesIn = ({ diagnoses }: Report) =>
    diagnoses.map(({ fingerprint, targets }) => [fingerprint, targets]).toSorted();

  test(
    `runs ${size.clusters} clusters through the engine to the report of one function`,
    async () => {
      const execution = await run(whole);
      expect(execution).toMatchObject({ status: 'SUCCEEDED' });
      // First, as it says why a cluster is missing below.
      expect(reportOf(whole).coverage.gaps.filter(({ reason }) => reason !== 'not-requested')).toEqual([]);
      const numbers = JSON.parse(execution.output ?? '{}');
      expect(numbers).toMatchObject({ diagnoses: { unhealthy: size.clusters }, changes: { opened: size.clusters } });
      expect(calls.map(({ event: { stage } }) => stage)).toEqual([
        'survey',
        'network',
        ...Array.from({ length: size.clusters / 10 }, () => 'part'),
        'join',
      ]);
      expect(new Set(calls.map(({ name }) => name)).size).toBe(2);

      // One function with all the time that Lambda gives: of a large account it reads less in 280 s.
      const alone = await started({ timeoutMs: 900_000 }).invoke({ time: '2026-11-22T09:55:00Z', dryRun: true });
      expect(alone).toMatchObject({ value: { diagnoses: numbers.diagnoses } });
      const expected = reportOf('2026-11-22T09:55:00Z');
      const seen = reportOf(whole);
      expect(seen.groups).toEqual(expected.groups);
      expect(seen.coverage).toEqual(expected.coverage);
      expect(causesIn(seen)).toEqual(causesIn(expected));
    },
    patienceMs,
  );

  test(
    'a part that runs out of memory and one that runs out of time are two gaps for their clusters, and nothing resolves',
    async () => {
      // Node.js needs more than that to load the bundle; and nothing is read in so little time.
      spoiled.set(1, started({ memoryMb: 24 }));
      spoiled.set(2, started({ timeoutMs: 40 }));
      const execution = await run(later);
      expect(execution).toMatchObject({ status: 'SUCCEEDED' });
      expect(JSON.parse(execution.output ?? '{}').changes).toEqual({});

      const [before, after] = [reportOf(whole), reportOf(later)];
      const known = new Set(before.coverage.gaps.map((gap) => JSON.stringify(gap)));
      const added = after.coverage.gaps.filter((gap) => !known.has(JSON.stringify(gap)));
      const kinds = Map.groupBy(added, ({ reason, message }) => `${reason}: ${message}`);
      expect([...kinds].map(([kind, gaps]) => [kind, gaps.length]).toSorted()).toEqual([
        ['bug: the function that reads the cluster ended with Runtime.ExitError', 10],
        ['deadline: the function that reads the cluster ended with Sandbox.Timedout', 10],
      ]);
      const lost = new Set(added.flatMap(({ scope }) => (scope.kind === 'cluster' ? scope.name : [])));
      const spared = (report: Report) => report.groups.filter(({ cluster }) => !lost.has(cluster ?? ''));
      expect(spared(after)).toEqual(spared(before));
      expect(after.groups.filter(({ read }) => !read).length).toBe(20 * size.services);
      expect(causesIn(after)).toEqual(causesIn(before));
    },
    patienceMs,
  );
});
