import { expect, test } from 'vitest';
import { assess } from '../../../core/diagnosis/assess.ts';
import { changesSince } from '../../../core/lifecycle/since.ts';
import { withHistory } from '../../../core/lifecycle/timeline.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Report } from '../../../core/model/report.ts';
import { emptyMemory } from '../../../core/notification/memory.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { defaultRules } from '../../io/store/audit-once.ts';
import { run } from '../render/crash-report.ts';
import { sampleFacts, takenAt, waiting } from '../sample-facts.ts';

/** Five minutes apart; the facts of each run are taken when it ends. */
function reportsOf(runs: ((facts: Facts) => void)[]): Report[] {
  return runs.map((change, index) => {
    const at = new Date(Date.parse(takenAt) + index * 300_000).toISOString();
    const facts = sampleFacts();
    facts.takenAt = at;
    facts.slices.targetHealth = facts.slices.targetHealth.slice(0, 1);
    facts.slices.nodes = facts.slices.nodes.slice(0, 1);
    change(facts);
    return assess({
      run: { ...run, id: `run-${index}`, startedAt: at, finishedAt: at },
      inventory: { account: '111122223333', region: 'eu-west-1', clusters: [{ name: 'shop' }] as never, gaps: [] },
      facts: [facts],
    }).report;
  });
}

const stopped = ({ slices }: Facts): void => {
  for (const instance of slices.instances) instance.state = 'stopped';
  for (const target of slices.targetHealth) Object.assign(target, { state: 'unused', reason: 'Target.InvalidState' });
};
const deregistered = (facts: Facts): void => {
  stopped(facts);
  facts.slices.targetHealth = [];
};
const replaced = (): void => {};
const unweighted = (facts: Facts): void => {
  deregistered(facts);
  for (const listener of facts.slices.listeners) listener.forwards = waiting(listener);
};

const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

/** What became of the cause of the first run in all runs, by the store, by `--watch` and by `examine` with every file. */
function fates(reports: Report[]) {
  const [first, ...later] = reports;
  const [cause] = first?.diagnoses.filter(({ verdict }) => verdict === 'unhealthy') ?? [];
  if (first === undefined || cause === undefined) throw new Error('the first run found nothing');
  let memory = emptyMemory();
  for (const report of reports) ({ memory } = reconcileState(memory, report, defaultRules));
  const watched = later.flatMap((report, index) => changesSince(reports[index] ?? first, report));
  const last = reports.at(-1) ?? first;
  return {
    cause: cause.cause,
    store: memory.findings.find(({ fingerprint }) => fingerprint === cause.fingerprint)?.status,
    watch: watched.flatMap((each) => (each.kind === 'resolved' ? each.kind : [])),
    history: withHistory(last, reports.slice(0, -1)).history?.[cause.fingerprint]?.map(({ transition }) => transition),
    exit: last.diagnoses.some(({ severity }) => severity === 'critical'),
  };
}

test('the cause of a group whose only target AWS deregistered stays open while the group is empty', () => {
  expect(fates(reportsOf([...times(3, stopped), ...times(4, deregistered)]))).toEqual({
    cause: 'instance-not-running',
    store: 'open',
    watch: [],
    history: ['opened'],
    exit: true,
  });
});

test('it is resolved once a target is healthy again', () => {
  expect(fates(reportsOf([...times(3, stopped), ...times(4, replaced)]))).toMatchObject({
    store: 'resolved',
    watch: ['resolved'],
    history: ['opened', 'resolved'],
  });
});

test('and once no listener sends clients to it', () => {
  expect(fates(reportsOf([...times(3, stopped), ...times(4, unweighted)]))).toMatchObject({
    store: 'resolved',
    watch: ['resolved'],
    history: ['opened', 'resolved'],
  });
});
