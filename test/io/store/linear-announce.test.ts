import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Diagnosis } from '../../../core/model/diagnosis.ts';
import { emptyMemory, type Memory } from '../../../core/notification/memory.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { openStore } from '../../../io/store/store.ts';
import { account, diagnosisOf, groupArn, region, reportAt } from '../../core/sample-report.ts';
import { defaultRules, leaseOf } from './audit-once.ts';
import { type FindingsTable, findingsTable } from './findings-table.ts';

/** So many clusters with that many broken Services each. */
interface Size {
  clusters: number;
  services: number;
}

const size: Size = { clusters: 10, services: 6 };
const mostRatio = 2.3;
const times = ['2026-11-20T12:00:00Z', '2026-11-20T12:05:00Z', '2026-11-20T12:10:00Z'] as const;

const diagnosesOf = ({ clusters, services }: Size, title: string): Diagnosis[] =>
  Array.from({ length: clusters * services }, (_, index) => {
    const [cluster, service] = [`cluster-${index % clusters}`, `web-${Math.floor(index / clusters)}`];
    return diagnosisOf({
      fingerprint: `${account}/${region}/${cluster}/shop/${service}/pod-crashloop`,
      cluster,
      service,
      title,
      targetGroupArn: groupArn(`${cluster}-${service}`),
    });
  });

/** What three runs see: everything for the first time, the same, and every diagnosis more severe. */
const reportsOf = (shape: Size) => [
  reportAt(times[0], diagnosesOf(shape, 'broken')),
  reportAt(times[1], diagnosesOf(shape, 'broken')),
  reportAt(
    times[2],
    diagnosesOf(shape, 'broken').map((each) => ({ ...each, severity: 'critical' as const })),
  ),
];

const twice = [
  { what: 'clusters', of: { clusters: size.clusters * 2 } },
  { what: 'Services of each cluster', of: { services: size.services * 2 } },
];

let findings: FindingsTable;
const sent = { requests: 0, bytes: 0 };
beforeEach(async () => {
  findings = await findingsTable();
  findings.client.middlewareStack.add(
    (next) => async (args) => {
      sent.requests += 1;
      sent.bytes += Buffer.byteLength(JSON.stringify(args.input));
      return next(args);
    },
    { step: 'initialize' },
  );
});
afterEach(() => findings[Symbol.asyncDispose]());

/** Requests to the table, and bytes in them, of three runs. */
async function sentFor(shape: Size, scope: string): Promise<typeof sent> {
  Object.assign(sent, { requests: 0, bytes: 0 });
  const store = openStore({ ...findings, scope });
  for (const report of reportsOf(shape)) {
    const lease = await leaseOf(store, report.run.id);
    const { changes, announcements, memory } = reconcileState(await store.remember(), report, defaultRules);
    await store.save(changes, lease);
    await store.saveAnnouncements(announcements, lease);
    await store.saveSightings(memory.findings, lease);
    await store.release(lease);
  }
  return { ...sent };
}

test.each(twice)(
  'announcing twice as many $what takes at most 2.3 times the requests and their bytes',
  async ({ of }) => {
    const once = await sentFor(size, 'once');
    const double = await sentFor({ ...size, ...of }, 'double');
    expect(once.requests).toBeGreaterThan(50);
    expect(double.requests / once.requests).toBeLessThanOrEqual(mostRatio);
    expect(double.bytes / once.bytes).toBeLessThanOrEqual(mostRatio);
  },
);

test('findings of one cluster are saved by a few requests, and the same findings by none', async () => {
  const store = openStore({ ...findings, scope: 'one' });
  const [first, same] = reportsOf({ clusters: 1, services: 300 });
  if (first === undefined || same === undefined) throw new Error('no reports');
  for (const [report, most] of [
    [first, 12],
    [same, 0],
  ] as const) {
    const lease = await leaseOf(store, report.run.id);
    const { changes } = reconcileState(await store.remember(), report, defaultRules);
    Object.assign(sent, { requests: 0 });
    await store.save(changes, lease);
    expect(sent.requests).toBeLessThanOrEqual(most);
    await store.release(lease);
  }
});

test.each(twice)('comparing twice as many $what with memory visits at most 2.3 times as much', ({ of }) => {
  const once = visitsOf(size);
  expect(once).toBeGreaterThan(500);
  expect(visitsOf({ ...size, ...of }) / once).toBeLessThanOrEqual(mostRatio);
});

/** How often three runs read a field of a diagnosis, a target group, a finding or an incident. */
function visitsOf(shape: Size): number {
  let visits = 0;
  const watch = <Item extends object>(items: Item[]): Item[] =>
    items.map(
      (item) =>
        new Proxy(item, {
          get(of, field, receiver) {
            visits += 1;
            return Reflect.get(of, field, receiver);
          },
        }),
    );
  let memory: Memory = emptyMemory();
  for (const report of reportsOf(shape)) {
    const watched = { ...report, diagnoses: watch(report.diagnoses), groups: watch(report.groups) };
    const known = { ...memory, findings: watch(memory.findings), incidents: watch(memory.incidents) };
    memory = reconcileState(known, watched, defaultRules).memory;
    memory = { ...memory, findings: memory.findings.map((each) => ({ ...each })) };
  }
  return visits;
}
