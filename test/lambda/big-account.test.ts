import { expect, test } from 'vitest';
import { accountOf } from '../../scripts/bench/account.ts';
import { contextOf } from '../../scripts/faults/functions/lambda-context.ts';
import { deploy } from './deployment.ts';

const [clusters, services] = [12, 10];
const isGroup = (id: string): boolean => id.startsWith('arn:');
const at = (run: number): string => `2026-11-22T10:${String(run * 5).padStart(2, '0')}:00Z`;

/** On a clock that is faster than in life: nine seconds at ten calls a second, of a bucket of 40 that is refilled at 20 a second. */
test('an account that is too large for one run is read in turn, each run is saved, and what fails is read at each', async () => {
  const { audit, lab, store } = await deploy(
    accountOf(clusters, services),
    { elbCallsPerSecond: 10 },
    { sockets: false, elbBucket: { burst: 40, perSecond: 20 }, elbLatencyMs: { least: 20, most: 80 } },
  );
  const everRead = new Set<unknown>();
  const readPerRun: number[] = [];
  const isOpen = async (): Promise<boolean> =>
    (await store.remember()).findings.filter(({ status }) => status === 'open').length === clusters;
  // How many runs it takes depends on the machine.
  for (let run = 1; run <= 10 && (everRead.size < clusters * services || !(await isOpen())); run += 1) {
    const from = lab.calls.length;
    const before = (await store.remember()).findings;
    const began = new Date().toISOString();
    const summary = await audit({ time: at(run) }, contextOf(`run-${run}`, 9000));
    expect(summary).toMatchObject({ runId: at(run), diagnoses: { unexplained: 0 } });
    expect(summary).not.toHaveProperty('changes.resolved');

    const { readings } = await store.rememberSurvey();
    const read = new Set([...readings].flatMap(([id, reading]) => (isGroup(id) && reading.at >= began ? [id] : [])));
    const answered = new Set(
      lab.calls
        .slice(from)
        .flatMap(({ action, status, parameters }) =>
          action === 'DescribeTargetHealth' && status === 200 ? [parameters['TargetGroupArn']] : [],
        ),
    );
    readPerRun.push(read.size);
    expect([...read].filter((arn) => !answered.has(arn))).toEqual([]);
    const failing = before.flatMap(({ targetGroupArns }) => targetGroupArns);
    expect(failing.filter((arn) => !read.has(arn))).toEqual([]);
    for (const arn of read) everRead.add(arn);
  }
  expect(readPerRun[0]).toBeLessThan(clusters * services);
  expect(everRead.size).toBe(clusters * services);
  const { findings } = await store.remember();
  expect(findings.map(({ status }) => status)).toEqual(Array.from({ length: clusters }, () => 'open'));
  expect(lab.calls.filter(({ service, status }) => service === 'elasticloadbalancing' && status !== 200)).toEqual([]);
}, 240_000);
