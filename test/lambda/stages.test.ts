import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Report } from '../../core/model/report.ts';
import { settleWith } from '../../lab/faults/incident.ts';
import type { Lab } from '../../lab/lab.ts';
import { podCrashloop } from '../../lab/scenarios/pod-crashloop.ts';
import { sharedTargetGroupConflict } from '../../lab/scenarios/shared-target-group-conflict.ts';
import { buildAccount } from '../../lab/world/account.ts';
import { addCluster } from '../../lab/world/cluster.ts';
import { addWorkload } from '../../lab/world/pod/workload.ts';
import { addService } from '../../lab/world/service.ts';
import type { World } from '../../lab/world/world.ts';
import { contextOf } from '../../scripts/faults/functions/lambda-context.ts';
import { type Deployment, deploy } from './deployment.ts';

const bucket = 'eks-nlb-auditor-reports';
const time = '2026-11-22T10:00:00Z';
const owner = '111122223333/eu-west-1/all';

/** Thirteen clusters, twelve with a broken Service, and a target group that a cluster of either part binds. */
function world(): World {
  const account = buildAccount({ network: '127.66' });
  const names = Array.from({ length: 12 }, (_, number) => `cluster-${number}`);
  for (const name of names) {
    const cluster = addCluster(account, { name });
    const place = { namespace: 'team', name: 'sound' };
    addWorkload(account, cluster, { ...place, replicas: 2 });
    addService(account, cluster, { ...place, targetType: 'ip' });
  }
  return settleWith(account, [
    ...names.map((cluster) => ({ scenario: podCrashloop, cluster, namespace: 'team', service: 'broken' })),
    { scenario: sharedTargetGroupConflict, cluster: 'cluster-3', namespace: 'team', service: 'shared' },
  ]);
}

/** Runs the stages as the engine does; `fail` names the error of parts whose function does not answer. */
async function distributed({ audit }: Deployment, fail: Record<number, string> = {}): Promise<unknown> {
  const stage = (event: object) => audit({ time, ...event } as Parameters<typeof audit>[0], contextOf('stage'));
  const course = await stage({ stage: 'survey' });
  if (!('course' in course) || course.course !== 'distributed') return course;
  await stage({ stage: 'network' });
  const parts = [];
  for (let index = 0; index < 2; index += 1) {
    const error = fail[index];
    parts.push(error === undefined ? await stage({ stage: 'part', index }) : { index, error });
  }
  return stage({ stage: 'join', lease: course.lease, parts });
}

function reportIn({ objects }: Lab): Report {
  const { body = Buffer.from('') } = objects.get(`${owner}/${time}.json`) ?? {};
  return JSON.parse(gunzipSync(body).toString());
}

/** Without what depends on the moment. */
const timeless = ({ run: { apiCalls }, coverage, groups, diagnoses }: Report): unknown =>
  JSON.parse(
    JSON.stringify({ apiCalls, coverage, groups, diagnoses }, (key, value) => {
      if (key === 'timings') return undefined;
      return typeof value === 'string' ? value.replaceAll(/\d+ (s|min) ago/g, 'a while ago') : value;
    }),
  );

const settings = { planBucket: bucket, reportBucket: bucket };
const offline = { sockets: false };

test('many functions come to the report of one, also where clusters claim the same target group', async () => {
  const one = await deploy(world(), settings, offline);
  const alone = await one.audit({ time }, contextOf('run-1'));
  const expected = reportIn(one.lab);
  const told = expected.diagnoses.flatMap(({ cause, coCauses, mechanisms }) => [cause, ...coCauses, ...mechanisms]);
  expect(told).toContain('shared-target-group-conflict');

  const many = await deploy(world(), { ...settings, scale: 'distributed' }, offline);
  const { cost: _, startedAt, finishedAt, ...numbers } = alone as Record<string, unknown>;
  expect(await distributed(many)).toMatchObject(numbers);
  expect(timeless(reportIn(many.lab))).toEqual(timeless(expected));
  const ids = ({ findings }: Awaited<ReturnType<typeof one.store.remember>>) =>
    findings.map(({ fingerprint, status }) => [fingerprint, status]);
  expect(ids(await many.store.remember())).toEqual(ids(await one.store.remember()));
  const { readings } = await many.store.rememberSurvey();
  expect([...readings.keys()].toSorted()).toEqual([...(await one.store.rememberSurvey()).readings.keys()].toSorted());
}, 240_000);

test('a part whose function failed is a gap for each of its clusters, and what was open there stays open', async () => {
  const many = await deploy(world(), { ...settings, scale: 'distributed' }, offline);
  await distributed(many);
  const whole = reportIn(many.lab);
  const before = (await many.store.remember()).findings;
  const later = '2026-11-22T10:05:00Z';
  const stage = (event: object) => many.audit({ time: later, ...event } as never, contextOf('stage'));
  const course = await stage({ stage: 'survey' });
  if (!('lease' in course)) throw new Error('no lease');
  await stage({ stage: 'network' });
  const parts = [await stage({ stage: 'part', index: 0 }), { index: 1, error: 'States.Timeout' }];
  const answer = await stage({ stage: 'join', lease: course.lease, parts });
  expect(answer).not.toHaveProperty('changes.resolved');
  expect(answer).not.toHaveProperty('changes.opened');

  const { body = Buffer.from('') } = many.lab.objects.get(`${owner}/${later}.json`) ?? {};
  const report: Report = JSON.parse(gunzipSync(body).toString());
  const known = new Set(whole.coverage.gaps.map((gap) => JSON.stringify(gap)));
  const added = report.coverage.gaps.filter((gap) => !known.has(JSON.stringify(gap)));
  expect(added.map(({ reason, slice }) => [reason, slice])).toEqual([
    ['deadline', 'services'],
    ['deadline', 'services'],
    ['deadline', 'services'],
  ]);
  expect(report.coverage.clusters).toEqual({ seen: 13, audited: 10 });
  const causes = ({ diagnoses }: Report) => diagnoses.map(({ fingerprint }) => fingerprint).toSorted();
  expect(causes(report)).toEqual(causes(whole));
  expect((await many.store.remember()).findings.map(({ status }) => status)).toEqual(
    before.map(({ status }) => status),
  );
}, 240_000);

test('what one function can do is left to it, and while another run goes on nothing is begun', async () => {
  const { audit } = await deploy(world(), { ...settings, scale: 'auto' }, offline);
  expect(await audit({ time, stage: 'survey' } as never, contextOf('stage'))).toEqual({ course: 'function', time });
  const many = await deploy(world(), { ...settings, scale: 'distributed' }, offline);
  expect(await many.audit({ time, stage: 'survey' } as never, contextOf('a'))).toMatchObject({ course: 'distributed' });
  const next = '2026-11-22T10:05:00Z';
  expect(await many.audit({ time: next, stage: 'survey' } as never, contextOf('b'))).toEqual({
    course: 'skipped',
    time: next,
  });
}, 240_000);
