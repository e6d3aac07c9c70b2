import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Change } from '../../../core/change.ts';
import { compare } from '../../../core/compare.ts';
import { scopesIn } from '../../../io/store/scopes.ts';
import { openStore, type Store } from '../../../io/store/store.ts';
import { diagnosisOf, groupArn, reportOf } from '../../core/sample-report.ts';
import type { FindingsTable } from './findings-table.ts';

const scope = '111122223333/eu-west-1/vpc-0aaaaaaaaaaaaaa01';
const { fingerprint } = diagnosisOf();
const findingKey = `SCOPE#${scope} FINDING#${fingerprint}`;
const historyKey = (run: string, transition: string) => `HISTORY#${fingerprint} ${run}#${transition}`;
const openedRun = '2026-11-20T12:00:00Z';

/** What the store promises, on whatever DynamoDB the table is opened in. */
export function storeContract(open: () => Promise<FindingsTable>): void {
  let findings: FindingsTable;
  let store: Store;
  beforeEach(async () => {
    findings = await open();
    onTestFinished(() => findings[Symbol.asyncDispose]());
    store = openStore({ ...findings, scope });
  });

  /** The changes that a run would save now. */
  async function changesOf(diagnoses = [diagnosisOf()], run = openedRun): Promise<Change[]> {
    const report = reportOf(diagnoses);
    return compare(await store.remember(), { ...report, run: { ...report.run, id: run } }, run);
  }

  const audit = async (diagnoses = [diagnosisOf()], run = openedRun): Promise<void> =>
    store.save(await changesOf(diagnoses, run));

  describe('findings', () => {
    test('what was saved is remembered as it was', async () => {
      const changes = await changesOf();
      await store.save(changes);
      expect(await store.remember()).toEqual(changes.map(({ after }) => after));
    });

    test('transition and message are one item, and the history has its line', async () => {
      await audit();
      const items = await findings.items();
      expect(Object.keys(items).toSorted()).toEqual([historyKey(openedRun, 'opened'), findingKey]);
      expect(items[findingKey]).toMatchObject({
        status: 'open',
        revision: 1,
        pending: { key: `${fingerprint}#1#1`, transition: 'opened', at: openedRun, deliveredTo: [] },
      });
      expect(items[findingKey]).not.toHaveProperty('ttl');
      expect(items[historyKey(openedRun, 'opened')]).toMatchObject({
        transition: 'opened',
        ttl: Date.parse('2027-05-19T12:00:00Z') / 1000,
      });
    });

    test('saving the same changes again changes nothing', async () => {
      const changes = await changesOf();
      await store.save(changes);
      await store.delivered(fingerprint, `${fingerprint}#1#1`);
      const once = await findings.items();
      await store.save(changes);
      expect(await findings.items()).toEqual(once);
    });

    test('a run that was killed between history and finding leaves no trace once it is repeated', async () => {
      const changes = await changesOf();
      await store.save(changes);
      const whole = await findings.items();
      await findings.remove(`SCOPE#${scope}`, `FINDING#${fingerprint}`);
      await store.save(changes);
      expect(await findings.items()).toEqual(whole);
    });

    test('a finding that another run wrote in between is not overwritten', async () => {
      await audit();
      const stale = await changesOf([diagnosisOf({ severity: 'low' })], '2026-11-20T12:05:00Z');
      await audit([diagnosisOf({ severity: 'critical' })], '2026-11-20T12:05:01Z');
      await expect(store.save(stale)).rejects.toThrow('conditional request failed');
      expect(await store.remember()).toMatchObject([{ revision: 2, diagnoses: [{ severity: 'critical' }] }]);
    });

    test('two runs that see the same fault for the first time open it once', async () => {
      const changes = await changesOf();
      const late = (await changesOf()).map((change) => ({ ...change, after: { ...change.after, lastRun: 'other' } }));
      await store.save(changes);
      await expect(store.save(late)).rejects.toThrow('conditional request failed');
    });

    test('a resolved finding expires after the retention, an opened one again does not', async () => {
      await audit();
      await audit([], '2026-11-21T12:00:00Z');
      expect((await findings.items())[findingKey]).toMatchObject({
        status: 'resolved',
        ttl: Date.parse('2027-05-20T12:00:00Z') / 1000,
      });
      await audit([diagnosisOf()], '2026-11-22T12:00:00Z');
      expect((await findings.items())[findingKey]).toMatchObject({ status: 'open', episode: 2 });
      expect((await findings.items())[findingKey]).not.toHaveProperty('ttl');
    });

    test('more findings than fit into one page are all remembered', async () => {
      const evidence = Array.from({ length: 100 }, () => ({
        check: 'c',
        target: null,
        saw: 'x'.repeat(400),
        expected: '',
      }));
      const many = Array.from({ length: 24 }, (_, index) =>
        diagnosisOf({ fingerprint: `${fingerprint}-${index}`, evidence }),
      );
      await audit(many);
      expect(await store.remember()).toHaveLength(24);
      expect(await store.pending()).toHaveLength(24);
    });

    test('a finding too large for an item is cut, and says by how much', async () => {
      const targets = Array.from({ length: 3000 }, (_, index) => ({
        id: `i-${index}`,
        port: 31080,
        state: 'unhealthy',
        reason: 'Target.FailedHealthChecks',
      }));
      const large = Array.from({ length: 400 }, (_, index) =>
        diagnosisOf({ targets, targetGroupArn: groupArn(`web-${index}`) }),
      );
      await audit(large);

      const [finding] = await store.remember();
      expect(finding?.targetGroupArns).toHaveLength(400);
      expect(await changesOf(large)).toEqual([]);
      const [owed] = await store.pending();
      const kept = owed?.diagnoses ?? [];
      expect(kept.length).toBeGreaterThan(10);
      expect(owed?.omitted).toMatchObject({
        diagnoses: 400 - kept.length,
        targets: 400 * 3000 - kept.reduce((sum, diagnosis) => sum + diagnosis.targets.length, 0),
      });
    });
  });

  describe('messages', () => {
    test('a delivered message is owed no more', async () => {
      await audit();
      expect(await store.owed(fingerprint)).toMatchObject({ transition: 'opened' });
      await store.delivered(fingerprint, `${fingerprint}#1#1`);
      expect(await store.owed(fingerprint)).toBeNull();
      expect(await store.pending()).toEqual([]);
      expect(await store.remember()).toMatchObject([{ status: 'open', revision: 1 }]);
    });

    test('a message that a newer one has overtaken is not taken for it', async () => {
      await audit();
      await audit([], '2026-11-20T12:05:00Z');
      await store.delivered(fingerprint, `${fingerprint}#1#1`);
      await store.deliveredTo(fingerprint, `${fingerprint}#1#1`, ['sns']);
      expect(await store.owed(fingerprint)).toMatchObject({ transition: 'resolved', deliveredTo: [] });
    });

    test('who has a message is remembered', async () => {
      await audit();
      await store.deliveredTo(fingerprint, `${fingerprint}#1#1`, ['sns']);
      expect(await store.pending()).toMatchObject([{ key: `${fingerprint}#1#1`, deliveredTo: ['sns'] }]);
    });

    test('a finding that changed before anybody heard of it is told as opened', async () => {
      await audit();
      await audit([diagnosisOf({ severity: 'critical' })], '2026-11-20T12:05:00Z');
      expect(await store.owed(fingerprint)).toMatchObject({
        key: `${fingerprint}#1#2`,
        transition: 'opened',
        diagnoses: [{ severity: 'critical' }],
      });
      await store.delivered(fingerprint, `${fingerprint}#1#2`);
      await audit([diagnosisOf({ severity: 'low' })], '2026-11-20T12:10:00Z');
      expect(await store.owed(fingerprint)).toMatchObject({ transition: 'changed' });
    });
  });

  describe('the lease', () => {
    const soon = () => Date.now() + 60_000;

    test('one of many owners gets it', async () => {
      const takers = Array.from({ length: 10 }, (_, index) => store.acquire(`run-${index}`, soon()));
      expect((await Promise.all(takers)).filter((lease) => lease !== null)).toHaveLength(1);
    });

    test('its owner may take it again', async () => {
      await store.acquire('run-1', soon());
      expect(await store.acquire('run-1', soon())).toMatchObject({ fence: 2 });
    });

    test('it is free once its time is over, and the fence grows', async () => {
      expect(await store.acquire('run-1', Date.now() - 1)).toMatchObject({ fence: 1 });
      expect(await store.acquire('run-2', soon())).toMatchObject({ owner: 'run-2', fence: 2 });
      expect(await store.acquire('run-3', soon())).toBeNull();
    });

    test('it is free once it is given back, but only by its owner', async () => {
      const late = await store.acquire('run-1', Date.now() - 1);
      const held = await store.acquire('run-2', soon());
      if (late === null || held === null) throw new Error('no lease');
      await store.release(late);
      expect(await store.acquire('run-3', soon())).toBeNull();
      await store.release(held);
      expect(await store.acquire('run-3', soon())).toMatchObject({ owner: 'run-3' });
    });

    test('every scope that took one can be found', async () => {
      await store.acquire('run-1', soon());
      await openStore({ ...findings, scope: 'other' }).acquire('run-1', soon());
      expect(await scopesIn(findings.client, findings.table)).toEqual([scope, 'other']);
    });
  });

  test('a run is kept in numbers for 90 days', async () => {
    const finishedAt = '2026-11-20T12:00:09Z';
    await store.saveRun({
      runId: openedRun,
      startedAt: openedRun,
      finishedAt,
      complete: true,
      diagnoses: { unhealthy: 1, unexplained: 0, latent: 0, expected: 0 },
      changes: { opened: 1 },
      apiCalls: 3,
      throttles: 0,
      gaps: 0,
    });
    expect((await findings.items())[`SCOPE#${scope} RUN#${openedRun}`]).toMatchObject({
      changes: { opened: 1 },
      ttl: Date.parse(finishedAt) / 1000 + 90 * 86_400,
    });
  });
}
