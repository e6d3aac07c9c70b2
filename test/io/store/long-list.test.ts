import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Diagnosis } from '../../../core/model/diagnosis.ts';
import { emptyMemory, type Memory } from '../../../core/notification/memory.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { openStore, type Store } from '../../../io/store/store.ts';
import { account, diagnosisOf, groupArn, region, reportAt } from '../../core/sample-report.ts';
import { advanceOf, auditOnce, defaultRules, leaseOf } from './audit-once.ts';
import { type FindingsTable, findingsTable } from './findings-table.ts';

const scope = `${account}/${region}/all`;
const at = (minute: number) => new Date(Date.parse('2026-11-20T12:00:00Z') + minute * 60_000).toISOString();

let findings: FindingsTable;
let store: Store;
beforeEach(async () => {
  findings = await findingsTable();
  onTestFinished(() => findings[Symbol.asyncDispose]());
  store = openStore({ ...findings, scope });
});

const rests = async () => Object.keys(await findings.items()).filter((key) => key.includes(' REST#'));

describe('one cause in 20,000 Services of one cluster', () => {
  const services = Array.from({ length: 20_000 }, (_, index) => {
    const service = `${'web-'.repeat(14)}${index}`;
    const fingerprint = `${account}/${region}/prod/shop/${service}/pod-crashloop`;
    return diagnosisOf({ service, fingerprint, targetGroupArn: groupArn(service), evidence: [], fix: [] });
  });
  const seen: Memory = reconcileState(emptyMemory(), reportAt(at(0), []), defaultRules).memory;

  test('is an incident that is saved, remembered whole, and leaves nothing when it is over', async () => {
    const opened = reconcileState(seen, reportAt(at(5), services), defaultRules);
    await store.saveAnnouncements(opened.announcements, await leaseOf(store, 'first'));
    const [incident] = (await store.remember()).incidents;
    expect(incident?.members).toHaveLength(20_000);
    expect(incident).toEqual(opened.memory.incidents[0]);
    expect((await store.pending())[0]).toMatchObject({ transition: 'opened', services: { more: 19_950 } });
    expect(await rests()).not.toEqual([]);

    const over = reconcileState(
      opened.memory,
      reportAt(
        at(10),
        [],
        services.map(({ targetGroupArn }) => targetGroupArn),
      ),
      {
        ...defaultRules,
        lifeCycle: { ...defaultRules.lifeCycle, resolveAfter: 1 },
      },
    );
    await store.saveAnnouncements(over.announcements, await leaseOf(store, 'first'));
    expect((await store.remember()).incidents).toEqual(over.memory.incidents);
    expect((await store.remember()).incidents).toMatchObject([{ status: 'resolved', members: [] }]);
    expect(await rests()).toEqual([]);
  });

  test('is left as it was by a run that lost its lease', async () => {
    const opened = reconcileState(seen, reportAt(at(5), services), defaultRules);
    await store.saveAnnouncements(opened.announcements, await leaseOf(store, 'first'));
    const fewer = reconcileState(opened.memory, reportAt(at(10), services.slice(0, 15_000)), defaultRules);
    const late = { owner: 'late', fence: 0, until: 0 };
    await expect(store.saveAnnouncements(fewer.announcements, late)).rejects.toThrow('was written by another run');
    expect((await store.remember()).incidents).toEqual(opened.memory.incidents);
  });

  test('is left as it was by a run that is killed between the parts and the incident, and repaired by its repeat', async () => {
    const opened = reconcileState(seen, reportAt(at(5), services), defaultRules);
    await store.saveAnnouncements(opened.announcements, await leaseOf(store, 'first'));
    const muchLonger = [...services, ...services.slice(0, 5000).map((each) => moved(each))];
    const longer = reconcileState(opened.memory, reportAt(at(10), muchLonger), defaultRules);

    const client = findings.connect();
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === 'UpdateItemCommand') throw new Error('killed');
          return next(args);
        },
      { step: 'initialize' },
    );
    const lease = await leaseOf(store, 'first');
    const killed = openStore({ ...findings, client, scope });
    await expect(killed.saveAnnouncements(longer.announcements, lease)).rejects.toThrow('killed');
    expect((await store.remember()).incidents).toEqual(opened.memory.incidents);

    await store.saveAnnouncements(longer.announcements, lease);
    expect((await store.remember()).incidents).toEqual(longer.memory.incidents);
  });

  const moved = (diagnosis: Diagnosis): Diagnosis => ({
    ...diagnosis,
    fingerprint: diagnosis.fingerprint.replace('/shop/', '/shop-2/'),
    namespace: 'shop-2',
  });
});

test('a finding with 20,000 target groups is saved, remembered whole, and found unchanged', async () => {
  const many = Array.from({ length: 20_000 }, (_, index) =>
    diagnosisOf({ targetGroupArn: groupArn(`web-${index}`), evidence: [], fix: [] }),
  );
  await auditOnce(store, reportAt(at(0), many));
  const [finding] = (await store.remember()).findings;
  expect(finding?.targetGroupArns).toHaveLength(20_000);
  expect((await advanceOf(store, reportAt(at(5), many))).changes).toEqual([]);
  await auditOnce(store, reportAt(at(10), many.slice(0, 10)));
  expect((await store.remember()).findings[0]?.targetGroupArns.length).toBeGreaterThan(0);
});
