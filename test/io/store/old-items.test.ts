import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { recordRun } from '../../../core/lifecycle/record-run.ts';
import { summarize } from '../../../core/lifecycle/run-summary.ts';
import { simulate } from '../../../core/notification/simulate.ts';
import { renderHistory } from '../../../core/render/text/history.ts';
import { readHistory } from '../../../io/store/history.ts';
import type { ItemKey } from '../../../io/store/item-key.ts';
import { openStore } from '../../../io/store/store.ts';
import { account, diagnosisOf, groupArn, region, reportAt } from '../../core/sample-report.ts';
import { auditOnce, defaultRules } from './audit-once.ts';
import { type FindingsTable, findingsTable } from './findings-table.ts';

const scope = `${account}/${region}/vpc-0aaaaaaaaaaaaaa01`;
const { fingerprint } = diagnosisOf();
const folder = new URL('./old-items/', import.meta.url);
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const kindOf = (kind: string) => files.filter((file) => file.startsWith(`${kind}-`));

let findings: FindingsTable;
let skipped: string[];
beforeEach(async () => {
  findings = await findingsTable();
  skipped = [];
  onTestFinished(() => findings[Symbol.asyncDispose]());
});

const table = () => ({
  ...findings,
  onSkipped: (message: string, { sk }: ItemKey) => skipped.push(`${message}: ${sk}`),
});
const store = () => openStore({ ...table(), scope });
const put = (item: object) =>
  DynamoDBDocumentClient.from(findings.client).send(new PutCommand({ TableName: findings.table, Item: { ...item } }));
/** In the files the record of a run is readable; in the table it is packed, by gzip up to version 1. */
const stored = (file: string) => {
  const { record, ...item } = JSON.parse(textOf(file));
  const pack = item.schemaVersion === 2 ? brotliCompressSync : gzipSync;
  return { ...item, ...(record !== undefined && { record: pack(JSON.stringify(record)) }) };
};

test('old items are only ever added to: each is as it was when it was listed', () => {
  const sums = files.map((file) => `${createHash('sha256').update(textOf(file)).digest('hex')}  ${file}`);
  expect(`${sums.join('\n')}\n`).toBe(textOf('SHA256SUMS'));
});

describe('lines of history', () => {
  test.each(kindOf('history'))('%s is shown as it was reported then', async (file) => {
    await put(stored(file));
    const history = await readHistory(table(), fingerprint);
    expect(history).toMatchObject([{ transition: 'opened', at: '2026-10-01T12:00:00Z', fingerprint }]);
    const { memory } = await auditOnce(store(), reportAt('2026-11-20T12:00:00Z', [diagnosisOf()]));
    const shown = renderHistory(memory.findings, { color: false, width: 120 }, history);
    expect(shown).toContain('2026-10-01 12:00Z  opened: high, confirmed, 1 of 2 targets healthy');
    expect(skipped).toEqual([]);
  });

  test('the newest file has the fields that are written now', async () => {
    await auditOnce(store(), reportAt('2026-11-20T12:00:00Z', [diagnosisOf()]));
    const [item] = Object.entries(await findings.items()).filter(([key]) => key.startsWith('HISTORY#'));
    const written = JSON.parse(brotliDecompressSync(item?.[1]['packed'] as Uint8Array).toString());
    const { pk: _pk, sk: _sk, ttl: _ttl, ...newest } = stored(`history-${written.schemaVersion}.json`);
    expect(Object.keys(written).toSorted()).toEqual(Object.keys(newest).toSorted());
  });

  test.each([
    ['nothing but a key', {}],
    ['another word for what happened', { transition: 'exploded', at: '2026-10-02T12:00:00Z' }],
    ['a moment that is none', { transition: 'opened', at: 'soon' }],
  ])('one with %s is skipped and reported, the others are shown', async (_, fields) => {
    await put(stored('history-1.json'));
    const { pk } = stored('history-1.json');
    await put({ pk, sk: 'later#opened', key: 'a', fingerprint, ...fields });
    expect(await readHistory(table(), fingerprint)).toHaveLength(1);
    expect(skipped).toEqual(['a line of history cannot be read and is not shown: later#opened']);
  });

  test('a pack of lines that cannot be read is skipped and reported, the others are shown', async () => {
    await put(stored('history-1.json'));
    await put({ pk: `HISTORY#${account}/${region}/prod`, sk: 'later#digest', packed: new Uint8Array([1, 2, 3]) });
    expect(await readHistory(table(), fingerprint)).toHaveLength(1);
    expect(skipped).toEqual(['a line of history cannot be read and is not shown: later#digest']);
  });

  test('a diagnosis that cannot be read costs its line only the diagnosis', async () => {
    const item = stored('history-1.json');
    await put({ ...item, diagnoses: [{ cause: 7 }, ...item.diagnoses], omitted: 'none', openedAt: null });
    const [line] = await readHistory(table(), fingerprint);
    expect(line).toMatchObject({ openedAt: line?.at, omitted: { diagnoses: 0 }, diagnoses: [{ severity: 'high' }] });
    expect(skipped).toEqual([]);
  });
});

describe('runs', () => {
  test.each(kindOf('run'))('%s is replayed', async (file) => {
    await put(stored(file));
    const runs = await Array.fromAsync(store().runs());
    expect(simulate(runs, defaultRules)).toMatchObject({ runs: 1, messages: 1 });
    expect(skipped).toEqual([]);
  });

  test('the newest file has the fields that are written now', async () => {
    const report = reportAt('2026-11-20T12:00:00Z', [diagnosisOf()], [groupArn('quiet-80')]);
    await store().saveRun(summarize(report, []), recordRun(report));
    const written = (await findings.items())[`SCOPE#${scope} RUN#${report.run.id}`] ?? {};
    const newest = stored(`run-${written['schemaVersion']}.json`);
    expect(Object.keys(written).toSorted()).toEqual(Object.keys(newest).toSorted());
  });

  const { record } = JSON.parse(textOf('run-1.json'));
  const packed = (value: unknown) => ({ record: gzipSync(JSON.stringify(value)) });
  test.each([
    ['a record that is no archive', { record: new Uint8Array([1, 2, 3]) }],
    ['a record that is a text', { record: 'none' }],
    ['a record without diagnoses', packed({ ...record, diagnoses: null })],
    ['one diagnosis that is none', packed({ ...record, diagnoses: [...record.diagnoses, { cause: 7 }] })],
    ['a moment that is none', packed({ ...record, run: { ...record.run, finishedAt: 'soon' } })],
  ])('one with %s is skipped and reported, the others are replayed', async (_, fields) => {
    const item = stored('run-1.json');
    await put({ ...item, sk: 'RUN#2026-09-01T12:00:00Z', ...fields });
    await put(item);
    expect(await Array.fromAsync(store().runs())).toHaveLength(1);
    expect(skipped).toEqual(['a stored run cannot be read and is not replayed: RUN#2026-09-01T12:00:00Z']);
  });

  test('one that was too large to be kept is no error', async () => {
    const { record: _, ...item } = stored('run-1.json');
    await put(item);
    expect(await Array.fromAsync(store().runs())).toEqual([]);
    expect(skipped).toEqual([]);
  });
});

test('every other item that is none is skipped and reported', async () => {
  const pk = `SCOPE#${scope}`;
  await put({ pk, sk: 'FINDING#a' });
  await put({ pk, sk: 'PACK#a#', packed: 'none' });
  await put({ pk, sk: 'INCIDENT#b' });
  await put({ pk, sk: 'SETUP#c', setup: 'healthy' });
  await put({ pk, sk: 'SEEN', at: 7 });
  await put({ pk: 'MUTES', sk: '*', pattern: '*', until: 'for ever' });
  await store().remember();
  expect(skipped.toSorted()).toEqual([
    'a stored baseline cannot be read: what changed since cannot be shown: SETUP#c',
    'a stored finding cannot be read and counts as new: FINDING#a',
    'a stored incident cannot be read and counts as new: INCIDENT#b',
    'a stored mute cannot be read and mutes nothing: *',
    'stored findings cannot be read and count as new: PACK#a#',
    'when findings were last seen cannot be read: SEEN',
  ]);
});
