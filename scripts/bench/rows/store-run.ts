/** The life of one memory over three runs; its last line is what they took, as JSON. */
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { assess } from '../../../core/diagnosis/assess.ts';
import { recordRun } from '../../../core/lifecycle/record-run.ts';
import { summarize } from '../../../core/lifecycle/run-summary.ts';
import { defaultLifeCycle } from '../../../core/lifecycle/thresholds.ts';
import { alarms } from '../../../core/model/diagnosis.ts';
import type { Report } from '../../../core/model/report.ts';
import { defaultNoise } from '../../../core/notification/policy.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import type { SurveyMemory } from '../../../core/survey/survey-memory.ts';
import { openStore } from '../../../io/store/store.ts';
import { tableClient } from '../../../io/store/table-client.ts';
import { standInAccount } from '../stand-in/account.ts';
import type { StorePhase, StoreRun } from './store-figures.ts';

const count = Number(process.argv[2]);
const rules = { lifeCycle: defaultLifeCycle, noise: defaultNoise, mutes: [] };
const billed = { requests: 0, readUnits: 0, writeUnits: 0 };
const client = tableClient();
client.middlewareStack.add(
  (next, { commandName = '' }) =>
    async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const answer = await next(args);
      const { ConsumedCapacity: consumed } = answer.output as { ConsumedCapacity?: Capacity | Capacity[] };
      const units = [consumed ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
      billed.requests += 1;
      billed[/Get|Query|Scan/.test(commandName) ? 'readUnits' : 'writeUnits'] += units;
      return answer;
    },
  { step: 'initialize' },
);
interface Capacity {
  CapacityUnits?: number;
}

const reportOf = reportsOf(count);
const store = openStore({ client, table: 'bench', scope: '111122223333/eu-west-1/all' });
const phases: StorePhase[] = [];
await live('first', reportOf('2026-11-20T12:00:00Z', 0));
await live('same', reportOf('2026-11-20T12:05:00Z', 0));
await live('changed', reportOf('2026-11-20T12:10:00Z', 20));
const result: StoreRun = {
  findings: count,
  tableMb: await tableMb(),
  saveSeconds: phases.find(({ phase }) => phase === 'first: findings')?.seconds ?? 0,
  phases,
};
console.log(JSON.stringify(result));
process.exit(0);

/** Reports of so many open findings, by the moment of the run; every n-th is more severe where n is not 0. */
function reportsOf(findings: number): (at: string, changedEvery: number) => Report {
  const { inventory, facts } = standInAccount({
    clusters: 200,
    clustersPerVpc: 20,
    nodesPerCluster: 10,
    servicesPerCluster: Math.ceil(findings / 150),
    podsPerService: 2,
    faultEvery: 1,
  });
  const run = { startedAt: inventory.takenAt, finishedAt: inventory.takenAt, apiCalls: {}, throttles: 0, waitedMs: 0 };
  const { report } = assess({ run: { id: 'bench', ...run }, inventory, facts });
  const fingerprints = new Set(
    [...new Set(report.diagnoses.filter(alarms).map(({ fingerprint }) => fingerprint))].slice(0, findings),
  );
  if (fingerprints.size < findings) throw new Error(`the account has ${fingerprints.size} findings of ${findings}`);
  const order = [...fingerprints];
  const changing = (every: number) => new Set(every === 0 ? [] : order.filter((_, index) => index % every === 0));
  const kept = report.diagnoses.filter(({ fingerprint }) => fingerprints.has(fingerprint));
  return (at, changedEvery) => {
    const changed = changing(changedEvery);
    return {
      ...report,
      run: { ...report.run, id: at, startedAt: at, finishedAt: at },
      diagnoses: kept.map((diagnosis) =>
        changed.has(diagnosis.fingerprint)
          ? { ...diagnosis, severity: 'critical', mechanisms: ['changed'] }
          : diagnosis,
      ),
    };
  };
}

/** One run, as the auditor does it: every call that it makes to the table. */
async function live(name: string, report: Report): Promise<void> {
  const at = report.run.finishedAt;
  const lease = await phase(`${name}: lease`, () => store.acquire(at, Date.now() + 300_000));
  if (lease === null) throw new Error('no lease');
  const memory = await phase(`${name}: remember`, () => store.remember());
  const before = await phase(`${name}: survey`, () => store.rememberSurvey());
  const { changes, announcements, memory: after } = reconcileState(memory, report, rules);
  await phase(`${name}: findings`, () => store.save(changes, lease));
  await phase(`${name}: incidents`, () => store.saveAnnouncements(announcements, lease));
  await phase(`${name}: last seen`, () => store.saveSightings(after.findings, lease));
  await phase(`${name}: run`, () => store.saveRun(summarize(report, changes), recordRun(report)));
  await phase(`${name}: survey saved`, () => store.saveSurvey({ before, after: surveyOf(report, at), at }));
  await phase(`${name}: release`, () => store.release(lease));
}

async function phase<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  Object.assign(billed, { requests: 0, readUnits: 0, writeUnits: 0 });
  const [cpu, began] = [process.cpuUsage(), performance.now()];
  const value = await work();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - began) / 1000;
  phases.push({ phase: name, seconds, cpuSeconds: (user + system) / 1e6, ...billed });
  return value;
}

async function tableMb(): Promise<number> {
  let bytes = 0;
  const pages = paginateScan({ client: DynamoDBDocumentClient.from(client) }, { TableName: 'bench' });
  for await (const { Items = [] } of pages) for (const item of Items) bytes += bytesOf(item);
  return bytes / 2 ** 20;
}

/** Bytes of an item: what is packed counts as it is, the rest as its JSON. */
function bytesOf(item: Record<string, unknown>): number {
  const rest = { ...item };
  let binary = 0;
  for (const [name, value] of Object.entries(item)) {
    if (!(value instanceof Uint8Array)) continue;
    binary += value.length;
    delete rest[name];
  }
  return binary + Buffer.byteLength(JSON.stringify(rest));
}

function surveyOf({ groups }: Report, at: string): SurveyMemory {
  const tags = { at: '2026-11-20T12:00:00Z', value: { 'elbv2.k8s.aws/cluster': 'cluster' } };
  return {
    readings: new Map(groups.map(({ targetGroupArn, healthy, total }) => [targetGroupArn, { at, healthy, total }])),
    known: new Map(groups.map(({ targetGroupArn }) => [targetGroupArn, { tags }])),
    pace: { concludeMsPerGroup: 1, closingMs: 1000 },
  };
}
