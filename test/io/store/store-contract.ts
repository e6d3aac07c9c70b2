import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { recordRun } from '../../../core/lifecycle/record-run.ts';
import type { Diagnosis } from '../../../core/model/diagnosis.ts';
import { emptySurveyMemory, type SurveyMemory } from '../../../core/survey/survey-memory.ts';
import { leavingAlone } from '../../../io/store/fence.ts';
import { readHistory } from '../../../io/store/history.ts';
import { listMutes, putMute, removeMute } from '../../../io/store/mutes.ts';
import { scopesIn } from '../../../io/store/scopes.ts';
import { openStore, type Store } from '../../../io/store/store.ts';
import { tryInTurn } from '../../../io/store/try-all.ts';
import { account, diagnosisOf, groupArn, region, reportAt } from '../../core/sample-report.ts';
import { advanceOf, auditOnce, leaseOf } from './audit-once.ts';
import type { FindingsTable } from './findings-table.ts';

const scope = `${account}/${region}/vpc-0aaaaaaaaaaaaaa01`;
const { fingerprint } = diagnosisOf();
const incident = `${account}/${region}/prod/pod-crashloop`;
const area = `${account}/${region}/prod`;
const findingKey = `SCOPE#${scope} FINDING#${fingerprint}`;
const packKey = `SCOPE#${scope} PACK#${area}#`;
const incidentKey = `SCOPE#${scope} INCIDENT#${incident}`;
const openedRun = '2026-11-20T12:00:00Z';
const secondRun = '2026-11-20T12:05:00Z';
const thirdRun = '2026-11-20T12:10:00Z';

/** What the store promises, on whatever DynamoDB the table is opened in. */
export function storeContract(open: () => Promise<FindingsTable>): void {
  let findings: FindingsTable;
  let store: Store;
  beforeEach(async () => {
    findings = await open();
    onTestFinished(() => findings[Symbol.asyncDispose]());
    store = openStore({ ...findings, scope });
  });

  const audit = (diagnoses: Diagnosis[], run = openedRun) => auditOnce(store, reportAt(run, diagnoses));
  const without = (items: Record<string, Record<string, unknown>>, ...keys: string[]) =>
    Object.fromEntries(Object.entries(items).filter(([key]) => !keys.some((part) => key.includes(part))));

  describe('the survey', () => {
    const answers = (at: string) => ({
      tags: { at, value: { 'elbv2.k8s.aws/cluster': 'prod' } },
      listeners: { at, value: [{ arn: 'a', loadBalancerArn: 'b', protocol: 'TCP', port: 80, forwards: [] }] },
    });
    const arns = Array.from({ length: 1000 }, (_, index) => groupArn(`web-${index}`));
    const memory: SurveyMemory = {
      readings: new Map(arns.map((arn) => [arn, { at: openedRun, healthy: 2, total: 3 }])),
      known: new Map(arns.map((arn) => [arn, answers(openedRun)])),
      pace: { concludeMsPerGroup: 12.5, closingMs: 900 },
    };
    const surveyItems = async () => Object.entries(await findings.items()).filter(([key]) => key.includes(' SURVEY#'));

    test('is remembered as it was saved, in items that fit', async () => {
      expect(await store.rememberSurvey()).toEqual(emptySurveyMemory());
      await store.saveSurvey({ before: emptySurveyMemory(), after: memory, at: openedRun });
      expect(await store.rememberSurvey()).toEqual(memory);
      const items = await surveyItems();
      expect(items.length).toBeGreaterThan(2);
      for (const [, { packed }] of items) expect((packed as Uint8Array).length).toBeLessThan(40_000);
    });

    test('is written again only where it differs', async () => {
      await store.saveSurvey({ before: emptySurveyMemory(), after: memory, at: openedRun });
      const once = await surveyItems();
      const known = new Map(memory.known).set(groupArn('web-7'), answers(secondRun));
      await store.saveSurvey({ before: memory, after: { ...memory, known }, at: secondRun });
      const twice = new Map(await surveyItems());
      expect(once.filter(([key, item]) => twice.get(key)?.['ttl'] !== item['ttl'])).toHaveLength(1);
      expect((await store.rememberSurvey()).known.get(groupArn('web-7'))).toEqual(answers(secondRun));
    });

    test('is read from AWS again where a part of it cannot be understood', async () => {
      await store.saveSurvey({ before: emptySurveyMemory(), after: memory, at: openedRun });
      const documents = DynamoDBDocumentClient.from(findings.client);
      for (const [, { pk, sk }] of await surveyItems()) {
        const Item = { pk, sk, packed: new Uint8Array([1, 2, 3]) };
        if (String(sk).startsWith('SURVEY#known'))
          await documents.send(new PutCommand({ TableName: findings.table, Item }));
      }
      const { known, readings } = await store.rememberSurvey();
      expect(known.size).toBe(0);
      expect(readings.size).toBe(1000);
    });
  });

  describe('findings', () => {
    test('what was saved is remembered as it was', async () => {
      const { memory } = await audit([diagnosisOf()]);
      expect(await store.remember()).toEqual(memory);
      const { memory: later } = await audit([], secondRun);
      expect(await store.remember()).toEqual(later);
    });

    test('incident and message are one item, and the history has its line', async () => {
      await audit([diagnosisOf()]);
      const items = await findings.items();
      expect(items[packKey]).toMatchObject({ revision: 1, findings: 1 });
      expect((await store.remember()).findings).toMatchObject([{ status: 'open', revision: 1, news: 1 }]);
      expect(items[incidentKey]).toMatchObject({
        status: 'open',
        revision: 1,
        members: [{ fingerprint, news: 1 }],
        pending: { key: `${incident}#1#1`, transition: 'opened', at: openedRun, deliveredTo: [] },
      });
      expect(items[packKey]).not.toHaveProperty('ttl');
      expect(items[incidentKey]).not.toHaveProperty('ttl');
      const lines = Object.entries(items).filter(([key]) => key.startsWith(`HISTORY#${area} ${openedRun}#`));
      expect(lines).toMatchObject([[expect.any(String), { ttl: Date.parse('2027-05-19T12:00:00Z') / 1000 }]]);
      expect(await readHistory(findings, fingerprint)).toMatchObject([{ transition: 'opened' }]);
    });

    test('when a cause that stays was last seen is remembered without a write of the finding', async () => {
      await audit([diagnosisOf()]);
      const once = (await findings.items())[packKey];
      await audit([diagnosisOf()], thirdRun);
      expect((await findings.items())[packKey]).toEqual(once);
      expect((await store.remember()).findings).toMatchObject([{ lastSeenAt: thirdRun }]);
    });

    test('when many findings of dark clusters were last seen is remembered one by one', async () => {
      const { memory } = await audit([diagnosisOf()]);
      const many = memory.findings.flatMap((finding) =>
        Array.from({ length: 200 }, (_, index) => ({
          ...finding,
          fingerprint: `${fingerprint}-${'n'.repeat(800)}-${index}`,
          lastSeenAt: new Date(Date.parse(openedRun) + (1 + (index % 150)) * 60_000).toISOString(),
        })),
      );
      await store.save(
        many.map((finding) => {
          const after = { ...finding, lastSeenAt: openedRun };
          return { transition: 'noted', fingerprint: after.fingerprint, before: null, after };
        }),
        await leaseOf(store, secondRun),
      );
      const lease = await leaseOf(store, secondRun);
      await store.saveSightings(many, lease);
      expect(Object.keys(await findings.items()).filter((key) => key.includes(' REST#SEEN#'))).not.toEqual([]);
      const momentsOf = (all: { fingerprint: string; lastSeenAt: string }[]) =>
        new Map(all.map((each) => [each.fingerprint, each.lastSeenAt]));
      const remembered = momentsOf((await store.remember()).findings);
      for (const [each, moment] of momentsOf(many)) expect(remembered.get(each)).toBe(moment);
      await expect(store.saveSightings(memory.findings, { ...lease, fence: 0 })).rejects.toThrow('another run');
      await store.saveSightings(memory.findings, await leaseOf(store, secondRun));
      expect(Object.keys(await findings.items()).filter((key) => key.includes(' REST#'))).toEqual([]);
    });

    test('saving the same changes again changes nothing', async () => {
      const { changes, announcements } = await advanceOf(store, reportAt(openedRun, [diagnosisOf()]));
      const lease = await leaseOf(store, openedRun);
      await store.save(changes, lease);
      await store.saveAnnouncements(announcements, lease);
      await store.delivered(incident, `${incident}#1#1`);
      const once = await findings.items();
      await store.save(changes, lease);
      await store.saveAnnouncements(announcements, lease);
      expect(await findings.items()).toEqual(once);
    });

    test.each([
      ['history and finding', [packKey, incidentKey]],
      ['finding and incident', [incidentKey]],
    ])('a run that was killed between %s leaves no trace once it is repeated', async (_, lost) => {
      await audit([diagnosisOf()]);
      const whole = without(await findings.items(), 'LEASE');
      for (const key of lost) {
        const [pk = '', sk = ''] = key.split(' ');
        await findings.remove(pk, sk);
      }
      await audit([diagnosisOf()]);
      const repaired = without(await findings.items(), 'LEASE');
      const fenceless = ([key, { fence: _, ...item }]: [string, Record<string, unknown>]) => [key, item];
      expect(Object.entries(repaired).map(fenceless)).toEqual(Object.entries(whole).map(fenceless));
    });

    test('one finding that cannot be written ends none of the others, nor the messages', async () => {
      const others = Array.from({ length: 20 }, (_, index) => diagnosisOf({ fingerprint: `${fingerprint}-${index}` }));
      // Longer than a sort key may be (Amazon DynamoDB, "Constraints"): 1,024 bytes.
      const impossible = diagnosisOf({
        fingerprint: `${account}/${region}/${'p'.repeat(1100)}/shop/web/pod-crashloop`,
      });
      const { changes, announcements } = await advanceOf(store, reportAt(openedRun, [impossible, ...others]));
      const lease = await leaseOf(store, openedRun);
      await expect(
        tryInTurn([() => store.save(changes, lease), () => store.saveAnnouncements(announcements, lease)]),
      ).rejects.toThrow();
      expect((await store.remember()).findings).toHaveLength(20);
      expect(await store.pending()).not.toEqual([]);
    });

    test('what another run wrote in between is not overwritten', async () => {
      await audit([diagnosisOf({ severity: 'medium' })]);
      const stale = await advanceOf(store, reportAt(secondRun, [diagnosisOf()]));
      await audit([diagnosisOf({ severity: 'critical' })], '2026-11-20T12:05:01Z');
      const lease = await leaseOf(store, secondRun);
      await expect(store.save(stale.changes, lease)).rejects.toThrow('was written by another run since it was read');
      await expect(store.saveAnnouncements(stale.announcements, lease)).rejects.toThrow('was written by another run');
      expect((await store.remember()).findings).toMatchObject([{ revision: 2, diagnoses: [{ severity: 'critical' }] }]);
    });

    test('a run beside the one with the lease writes at once; what it wrote first that one leaves alone, and writes the rest', async () => {
      await audit([diagnosisOf({ severity: 'medium' })]);
      const other = diagnosisOf({ cause: 'app-error-status', fingerprint: `${area}/shop/api/app-error-status` });
      const whole = await leaseOf(store, secondRun);
      const slow = await advanceOf(store, reportAt(secondRun, [diagnosisOf(), other]));

      const beside = await store.beside('beside', Date.now() + 60_000);
      if (beside === null) throw new Error('no run has been yet');
      const quick = await advanceOf(store, reportAt('2026-11-20T12:05:01Z', [diagnosisOf({ severity: 'critical' })]));
      await store.save(quick.changes, beside);
      await store.saveAnnouncements(quick.announcements, beside);

      expect(slow.changes.map(({ transition }) => transition).toSorted()).toEqual(['changed', 'opened']);
      await leavingAlone(store.save(slow.changes, whole));
      await leavingAlone(store.saveAnnouncements(slow.announcements, whole));
      await store.saveSightings(slow.memory.findings, whole);
      const { findings } = await store.remember();
      expect(findings.toSorted((a, b) => a.revision - b.revision)).toMatchObject([
        { fingerprint: other.fingerprint, status: 'open' },
        { revision: 2, diagnoses: [{ severity: 'critical' }] },
      ]);
    });

    test('what a later lease has written ends a run beside the earlier one', async () => {
      await audit([diagnosisOf({ severity: 'medium' })]);
      const beside = await store.beside('beside', Date.now() + 60_000);
      if (beside === null) throw new Error('no run has been yet');
      const late = await advanceOf(store, reportAt(secondRun, [diagnosisOf()]));
      await audit([diagnosisOf({ severity: 'critical' })], '2026-11-20T12:05:01Z');
      await expect(leavingAlone(store.save(late.changes, beside))).rejects.toThrow('was written by another run');
    });

    test('before the first run there is none to be beside', async () => {
      expect(await store.beside('beside', Date.now() + 60_000)).toBeNull();
    });

    test('a run that lost its lease overwrites nothing that a later one has written', async () => {
      await audit([diagnosisOf()]);
      const late = { ...(await leaseOf(store, 'late')), fence: 0 };
      const { changes, announcements } = await advanceOf(store, reportAt(secondRun, []));
      expect(changes).toHaveLength(1);
      await expect(store.save(changes, late)).rejects.toThrow('was written by another run');
      await expect(store.saveAnnouncements(announcements, late)).rejects.toThrow('was written by another run');
      expect((await store.remember()).findings).toMatchObject([{ status: 'open' }]);
    });

    test('two runs that see the same fault for the first time open it once', async () => {
      const first = await advanceOf(store, reportAt(openedRun, [diagnosisOf()]));
      const other = await advanceOf(store, reportAt(secondRun, [diagnosisOf()]));
      const lease = await leaseOf(store, openedRun);
      await store.save(first.changes, lease);
      await store.saveAnnouncements(first.announcements, lease);
      await expect(store.save(other.changes, lease)).rejects.toThrow('was written by another run');
      await expect(store.saveAnnouncements(other.announcements, lease)).rejects.toThrow('was written by another run');
    });

    test('what is resolved expires after the retention, what opens again does not', async () => {
      await audit([diagnosisOf()]);
      await audit([], '2026-11-21T12:00:00Z');
      const ttl = Date.parse('2027-05-20T12:00:00Z') / 1000;
      expect((await findings.items())[packKey]).toMatchObject({ ttl });
      expect((await store.remember()).findings).toMatchObject([{ status: 'resolved' }]);
      expect((await findings.items())[incidentKey]).toMatchObject({ status: 'resolved', ttl });
      await audit([diagnosisOf()], '2026-11-22T12:00:00Z');
      expect((await store.remember()).findings).toMatchObject([{ status: 'open', episode: 2 }]);
      expect((await findings.items())[incidentKey]).toMatchObject({ status: 'open', episode: 2 });
      for (const key of [packKey, incidentKey]) expect((await findings.items())[key]).not.toHaveProperty('ttl');
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
      expect((await store.remember()).findings).toHaveLength(24);
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

      const [finding] = (await store.remember()).findings;
      expect(finding?.targetGroupArns).toHaveLength(400);
      expect((await advanceOf(store, reportAt(secondRun, large))).changes).toEqual([]);
      const [owed] = await store.pending();
      const kept = owed?.diagnoses ?? [];
      expect(kept.length).toBeGreaterThan(10);
      expect(owed?.omitted).toMatchObject({
        diagnoses: 400 - kept.length,
        targets: 400 * 3000 - kept.reduce((sum, diagnosis) => sum + diagnosis.targets.length, 0),
      });
    });
  });

  describe('packs', () => {
    const fingerprints = Array.from({ length: 400 }, (_, index) => `${area}/shop/web-${index}/pod-crashloop`);
    const noise = (seed: string) =>
      Array.from({ length: 10 }, (_, index) => createHash('sha256').update(`${seed} ${index}`).digest('hex'));
    const many = fingerprints.map((each) => diagnosisOf({ fingerprint: each, title: noise(each).join(' ') }));
    const packItems = async () => Object.entries(await findings.items()).filter(([key]) => key.includes(' PACK#'));

    test('are divided before they grow too large, and every finding stays where it is found', async () => {
      const { memory } = await audit(many);
      const items = await packItems();
      expect(items.length).toBeGreaterThan(2);
      expect(items.length).toBeLessThan(20);
      for (const [, { packed }] of items) expect((packed as Uint8Array).length).toBeLessThanOrEqual(48_000);
      const byFingerprint = (all: { fingerprint: string }[]) => new Map(all.map((each) => [each.fingerprint, each]));
      expect(byFingerprint((await store.remember()).findings)).toEqual(byFingerprint(memory.findings));
    });

    test('that grow are divided in turn, and what was whole before is gone', async () => {
      await audit(many.slice(0, 20));
      expect(await packItems()).toHaveLength(1);
      const { memory } = await audit(many, secondRun);
      expect((await store.remember()).findings).toHaveLength(memory.findings.length);
      expect((await packItems()).map(([key]) => key)).not.toContain(packKey);
    });

    test('that a killed run divided and left whole are read once', async () => {
      await audit(many.slice(0, 20));
      const whole = (await findings.items())[packKey];
      await audit(many, secondRun);
      await DynamoDBDocumentClient.from(findings.client).send(
        new PutCommand({ TableName: findings.table, Item: { ...whole } }),
      );
      const again = openStore({ ...findings, scope });
      const { findings: remembered } = await again.remember();
      expect(new Set(remembered.map((each) => each.fingerprint)).size).toBe(remembered.length);
      expect(remembered).toHaveLength(400);
    });

    test('of clusters where nothing changed are not written again', async () => {
      const other = diagnosisOf({ fingerprint: `${account}/${region}/staging/shop/web/pod-crashloop` });
      await audit([other, ...many]);
      const once = new Map(await packItems());
      await audit([{ ...other, severity: 'critical' }, ...many], secondRun);
      const changed = (await packItems()).filter(([key, item]) => once.get(key)?.['revision'] !== item['revision']);
      expect(changed.map(([key]) => key)).toEqual([`SCOPE#${scope} PACK#${account}/${region}/staging#`]);
    });

    test('forget what was resolved longer ago than the retention', async () => {
      await audit([diagnosisOf()]);
      await audit([], secondRun);
      await audit([diagnosisOf({ fingerprint: `${area}/shop/api/pod-crashloop` })], '2027-08-01T00:00:00Z');
      expect((await openStore({ ...findings, scope }).remember()).findings).toMatchObject([{ status: 'open' }]);
    });

    test('that two runs write for different findings keep both', async () => {
      await audit([]);
      const [first, second] = [0, 1].map((index) => openStore({ ...findings, scope, retentionDays: 100 + index }));
      if (first === undefined || second === undefined) throw new Error('two stores');
      const lease = await leaseOf(store, openedRun);
      const ours = await advanceOf(first, reportAt(openedRun, many.slice(0, 1)));
      const theirs = await advanceOf(second, reportAt(openedRun, many.slice(1, 2)));
      await first.save(ours.changes, lease);
      await second.save(theirs.changes, lease);
      expect((await store.remember()).findings).toHaveLength(2);
    });
  });

  describe('items of older versions', () => {
    const put = (item: object) =>
      DynamoDBDocumentClient.from(findings.client, { marshallOptions: { removeUndefinedValues: true } }).send(
        new PutCommand({ TableName: findings.table, Item: { ...item } }),
      );
    const folder = new URL('./old-items/', import.meta.url);

    const kindOf = (kind: string) => readdirSync(folder).filter((file) => file.startsWith(`${kind}-`));
    const oldItem = (file: string) => {
      const { packed, ...item } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
      return { ...item, ...(packed && { packed: new Uint8Array(Buffer.from(packed, 'base64')) }) };
    };

    test.each([...kindOf('finding'), ...kindOf('pack')])(
      '%s is read with what it lacks, goes on and resolves',
      async (file) => {
        await put(oldItem(file));
        const [finding] = (await store.remember()).findings;
        expect(finding).toMatchObject({
          fingerprint,
          status: 'open',
          past: [],
          diagnoses: [{ cause: 'pod-crashloop' }],
        });
        expect(finding?.turns).toEqual(expect.any(Array));
        await audit([diagnosisOf()]);
        await audit([], secondRun);
        expect((await store.remember()).findings).toMatchObject([{ status: 'resolved' }]);
        expect(await findings.items()).not.toHaveProperty([findingKey]);
      },
    );

    test.each(kindOf('incident'))('%s is read with what it lacks, and resolves with its last finding', async (file) => {
      await put(JSON.parse(readFileSync(new URL('finding-1.json', folder), 'utf8')));
      await put(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
      expect((await store.remember()).incidents).toMatchObject([{ key: incident, status: 'open', resolvedAt: null }]);
      await audit([diagnosisOf()]);
      await audit([], secondRun);
      expect((await store.remember()).incidents).toMatchObject([{ key: incident, status: 'resolved' }]);
      expect(await store.owed(incident)).toMatchObject({ transition: 'resolved' });
    });

    test('what is no incident, baseline, mute or message stops no run, and an incident takes its place', async () => {
      const [pk = ''] = findingKey.split(' ');
      await put({ pk, sk: `INCIDENT#${incident}`, note: 'written by hand', pending: 'soon' });
      await put({ pk, sk: 'SETUP#arn', setup: 'healthy' });
      await put({ pk: 'MUTES', sk: '*', pattern: '*', until: 'for ever' });
      expect(await store.remember()).toMatchObject({ incidents: [], board: null, mutes: [], baselines: new Map() });
      expect(await store.pending()).toEqual([]);
      await audit([diagnosisOf()]);
      expect((await store.remember()).incidents).toMatchObject([{ key: incident, status: 'open' }]);
      expect(await store.owed(incident)).toMatchObject({ transition: 'opened' });
    });

    test('texts that cannot be read leave a finding that goes on and resolves', async () => {
      const old = JSON.parse(readFileSync(new URL('finding-1.json', folder), 'utf8'));
      await put({ ...old, diagnoses: undefined, packed: new Uint8Array([1, 2, 3]) });
      expect((await store.remember()).findings).toMatchObject([{ status: 'open', diagnoses: [] }]);
      await audit([], secondRun);
      expect((await store.remember()).findings).toMatchObject([{ status: 'resolved' }]);
    });

    test('a pack that cannot be read stops no run: its findings count as new, and the others are there', async () => {
      const other = diagnosisOf({ fingerprint: `${account}/${region}/staging/shop/web/pod-crashloop` });
      await audit([diagnosisOf(), other]);
      await put({ ...(await findings.items())[packKey], packed: new Uint8Array([1, 2, 3]) });
      expect((await store.remember()).findings).toMatchObject([{ fingerprint: other.fingerprint }]);
      await audit([diagnosisOf(), other]);
      expect((await store.remember()).findings).toHaveLength(2);
    });

    test.each([findingKey, packKey])('an item that is no finding stops no run and is replaced: %s', async (key) => {
      const [pk = '', sk = ''] = key.split(' ');
      await put({ pk, sk, fence: 1, note: 'written by hand' });
      await audit([diagnosisOf()]);
      expect((await store.remember()).findings).toMatchObject([{ status: 'open', revision: 1 }]);
    });
  });

  describe('messages', () => {
    test('a delivered message is owed no more', async () => {
      await audit([diagnosisOf()]);
      expect(await store.owed(incident)).toMatchObject({ transition: 'opened' });
      await store.delivered(incident, `${incident}#1#1`);
      expect(await store.owed(incident)).toBeNull();
      expect(await store.pending()).toEqual([]);
      expect((await store.remember()).incidents).toMatchObject([{ status: 'open', revision: 1 }]);
    });

    test('a message that a newer one has overtaken is not taken for it', async () => {
      await audit([diagnosisOf()]);
      await audit([], secondRun);
      await store.delivered(incident, `${incident}#1#1`);
      await store.deliveredTo(incident, `${incident}#1#1`, ['sns']);
      expect(await store.owed(incident)).toMatchObject({ transition: 'resolved', deliveredTo: [] });
    });

    test('who has a message is remembered', async () => {
      await audit([diagnosisOf()]);
      await store.deliveredTo(incident, `${incident}#1#1`, ['sns']);
      expect(await store.pending()).toMatchObject([{ key: `${incident}#1#1`, deliveredTo: ['sns'] }]);
    });

    test('what changed before anybody heard of it is told as opened', async () => {
      await audit([diagnosisOf({ severity: 'medium' })]);
      await audit([diagnosisOf()], secondRun);
      expect(await store.owed(incident)).toMatchObject({
        key: `${incident}#1#2`,
        transition: 'opened',
        diagnoses: [{ severity: 'high' }],
      });
      await store.deliveredTo(incident, `${incident}#1#2`, ['sns']);
      await audit([diagnosisOf({ severity: 'critical' })], thirdRun);
      expect(await store.owed(incident)).toMatchObject({ transition: 'changed' });
    });

    test('a summary that nobody has yet is told with the next one', async () => {
      const causes = (prefix: string) =>
        Array.from({ length: 6 }, (_, index) => {
          const cause = `${prefix}-${index}`;
          return diagnosisOf({ cause, targetGroupArn: groupArn(cause) });
        });
      await audit([]);
      await audit(causes('a'), secondRun);
      expect((await store.pending()).map(({ summary }) => summary?.lines.length)).toEqual([6]);
      await audit([...causes('a'), ...causes('b')], thirdRun);
      const pending = await store.pending();
      expect(pending).toMatchObject([{ transition: 'summary' }]);
      expect(pending[0]?.summary?.lines).toHaveLength(12);
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

  test('how a target group was set up when it was healthy is remembered until that changes', async () => {
    await store.saveBaselines(new Map([[groupArn('web'), { 'pods image of app': 'web:1' }]]), openedRun);
    await store.saveBaselines(new Map([[groupArn('web'), { 'pods image of app': 'web:2' }]]), secondRun);
    expect((await store.remember()).baselines).toEqual(new Map([[groupArn('web'), { 'pods image of app': 'web:2' }]]));
  });

  describe('mutes', () => {
    const mute = { pattern: '*/shop/*', owner: 'team-shop', reason: 'ticket 42', until: '2026-11-21T12:00:00Z' };
    const place = () => ({ client: findings.client, table: findings.table });

    test('hold for every scope, until somebody ends them', async () => {
      await putMute(place(), mute);
      await putMute(place(), { ...mute, reason: 'ticket 43' });
      expect((await store.remember()).mutes).toEqual([{ ...mute, reason: 'ticket 43' }]);
      expect(await removeMute(place(), mute.pattern)).toBe(true);
      expect(await removeMute(place(), mute.pattern)).toBe(false);
      expect(await listMutes(place())).toEqual([]);
    });

    test('keep quiet what they describe', async () => {
      await putMute(place(), { ...mute, pattern: '*/shop/web/*' });
      await audit([diagnosisOf()]);
      expect((await store.remember()).findings).toMatchObject([{ status: 'open' }]);
      expect(await store.pending()).toEqual([]);
    });
  });

  test('the history of a finding is there in its order', async () => {
    await audit([diagnosisOf()]);
    await audit([diagnosisOf({ severity: 'critical' })], secondRun);
    await audit([], thirdRun);
    const history = await readHistory(findings, fingerprint);
    expect(history.map(({ transition, at }) => `${at} ${transition}`)).toEqual([
      `${openedRun} opened`,
      `${secondRun} changed`,
      `${thirdRun} resolved`,
    ]);
  });

  describe('runs', () => {
    const finishedAt = '2026-11-20T12:00:09Z';
    const summary = {
      runId: openedRun,
      startedAt: openedRun,
      finishedAt,
      complete: true,
      diagnoses: { unhealthy: 1, unserved: 0, unexplained: 0, latent: 0, expected: 0 },
      served: { served: 0, partly: 0, unserved: 1, excused: 0, idle: 0, unknown: 0 },
      verdict: 'wrong' as const,
      changes: { opened: 1 },
      apiCalls: 3,
      throttles: 0,
      gaps: 0,
    };

    test('are kept in numbers for 90 days', async () => {
      await store.saveRun(summary, recordRun(reportAt(openedRun, [diagnosisOf()])));
      expect((await findings.items())[`SCOPE#${scope} RUN#${openedRun}`]).toMatchObject({
        changes: { opened: 1 },
        ttl: Date.parse(finishedAt) / 1000 + 90 * 86_400,
      });
    });

    test('with a record too long for an item are replayed whole, and in their place', async () => {
      const long = Array.from({ length: 3000 }, (_, index) =>
        diagnosisOf({
          fingerprint: `${area}/shop/web-${index}/pod-crashloop`,
          title: Array.from({ length: 8 }, (__, part) =>
            createHash('sha256').update(`${index} ${part}`).digest('base64'),
          ).join(' '),
        }),
      );
      const reports = [[diagnosisOf()], long, []].map((diagnoses, index) =>
        recordRun(reportAt([openedRun, secondRun, thirdRun][index] ?? '', diagnoses)),
      );
      for (const report of reports) await store.saveRun({ ...summary, runId: report.run.id }, report);
      const items = Object.entries(await findings.items());
      expect(items.filter(([key]) => key.includes(` RECORD#${secondRun}#`)).length).toBeGreaterThan(1);
      expect(items.filter(([key]) => key.includes(' RECORD#'))[0]?.[1]).toMatchObject({ ttl: expect.any(Number) });
      expect(await Array.fromAsync(store.runs())).toEqual(reports);
    });

    test('can be replayed in their order', async () => {
      const reports = [[diagnosisOf()], []].map((diagnoses, index) =>
        recordRun(reportAt(index === 0 ? openedRun : secondRun, diagnoses, [groupArn('web')])),
      );
      for (const report of reports.toReversed()) await store.saveRun({ ...summary, runId: report.run.id }, report);
      expect(await Array.fromAsync(store.runs())).toEqual(reports);
    });
  });
}
