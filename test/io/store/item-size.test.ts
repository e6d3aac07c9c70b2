import { expect, test } from 'vitest';
import type { Diagnosis } from '../../../core/model/diagnosis.ts';
import { openStore } from '../../../io/store/store.ts';
import { account, diagnosisOf, groupArn, region, reportAt } from '../../core/sample-report.ts';
import { auditOnce, defaultRules } from './audit-once.ts';
import { findingsTable } from './findings-table.ts';

/** Bytes (Amazon DynamoDB, "Service quotas": names and values together). */
const mostBytes = 400 * 1024;

const name = (seed: string): string => `${'n'.repeat(55)}${seed}`;
const many = <Entry>(make: (index: string) => Entry): Entry[] =>
  Array.from({ length: 40 }, (_, index) => make(`${index}`));

/** Characters of three bytes each in no order, so that packing them saves little. */
const noise = String.fromCharCode(
  ...Array.from({ length: 60_000 }, (_, index) => 0x4e00 + ((Math.imul(index + 1, 0x9e3779b1) >>> 8) % 20_000)),
);
let drawn = 0;
function draw(characters: number): string {
  drawn = (drawn + 7919) % (noise.length - characters);
  return noise.slice(drawn, drawn + characters);
}

/** A diagnosis in which everything that is read from a cluster has that many characters, of three bytes each. */
function hostile(service: string, characters: number): Diagnosis {
  const long = (seed: string): string => `${seed}${draw(characters)}`;
  return diagnosisOf({
    fingerprint: `${account}/${region}/prod/${name('shop')}/${service}/pod-crashloop`,
    namespace: name('shop'),
    service,
    team: 't'.repeat(63),
    title: long('title'),
    decidedBy: long('decided'),
    targetGroupArn: groupArn(service),
    mechanisms: many((index) => `mechanism-${index}`),
    coCauses: many((index) => `cause-${index}`),
    targets: many((index) => ({ id: long(index), port: 65_535, state: long('state'), reason: long('reason') })),
    missing: many(long),
    emptyZones: many(long),
    evidence: many((index) => ({
      check: 'pod-crashloop',
      target: long(index),
      saw: long(index),
      expected: long('no'),
    })),
    ruledOut: many(long),
    unknown: many((index) => ({ check: 'c', reason: long(index), remedy: long('grant') })),
    fix: many((index) => ({ text: long(index), command: long('kubectl '), danger: long('d'), verify: long('v') })),
    changedSinceHealthy: many((index) => ({ what: long(index), before: long('b'), now: long('n') })),
  });
}

/** Characters: longer than a text may be in an item, and so long that one entry of each list is more than a whole item. */
const [tooLong, farTooLong] = [1200, 16_384];

test('whatever is read from clusters, every item that a run writes fits DynamoDB', async () => {
  await using findings = await findingsTable();
  const store = openStore({ ...findings, scope: `${account}/${region}/all` });
  const services = many((index) => name(index));
  const mutes = services.slice(0, 35).map((service) => ({
    pattern: `*/${service}/*`,
    owner: '漢'.repeat(300),
    reason: '漢'.repeat(300),
    until: '2027-01-01T00:00:00Z',
  }));
  const at = (minute: number) => `2026-11-20T12:${minute}:00Z`;
  await auditOnce(store, reportAt(at(10), []), { ...defaultRules, mutes });

  const first = services.map((service) => hostile(service, tooLong));
  const second = first.slice(5).map((diagnosis) => ({ ...diagnosis, evidence: [], severity: 'critical' as const }));
  await auditOnce(store, reportAt(at(20), first), { ...defaultRules, mutes });
  await auditOnce(store, reportAt(at(30), second), { ...defaultRules, mutes });
  await auditOnce(store, reportAt(at(40), []), { ...defaultRules, mutes });

  const items = Object.entries(await findings.items());
  for (const kind of [' PACK#', 'HISTORY#', ' INCIDENT#', ' SEEN'])
    expect(items.filter(([key]) => key.includes(kind))).not.toEqual([]);
  const sizes = items.map(([, item]) => sizeOf(item));
  expect(Math.max(...sizes)).toBeLessThan(mostBytes);
});

test('one finding that alone is too long is still told with its cause, its Service and its target group', async () => {
  await using findings = await findingsTable();
  const store = openStore({ ...findings, scope: `${account}/${region}/all` });
  await auditOnce(store, reportAt('2026-11-20T12:00:00Z', []));
  await auditOnce(store, reportAt('2026-11-20T12:05:00Z', [hostile('web', farTooLong)]));
  const [message] = await store.pending();
  expect(message?.diagnoses).toMatchObject([
    { cause: 'pod-crashloop', service: 'web', targetGroupArn: groupArn('web') },
  ]);
  expect(message?.omitted.evidence).toBeGreaterThan(0);
});

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return 21;
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + 1 + sizeOf(each), 3);
  if (value === null || typeof value !== 'object') return 1;
  return Object.entries(value).reduce((sum, [key, each]) => sum + 1 + Buffer.byteLength(key) + sizeOf(each), 3);
}
