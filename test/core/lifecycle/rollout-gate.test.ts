import { expect, test } from 'vitest';
import { assess } from '../../../core/diagnosis/assess.ts';
import { gateState } from '../../../core/lifecycle/rollout-gate.ts';
import type { GroupSummary, Report } from '../../../core/model/report.ts';
import { run } from '../render/crash-report.ts';
import { sampleFacts } from '../sample-facts.ts';

const inventory = { account: '111122223333', region: 'eu-west-1', clusters: [{ name: 'shop' }] as never, gaps: [] };
const { report } = assess({ run, inventory, facts: [sampleFacts()] });
const [own] = report.groups;
if (own === undefined) throw new Error('the sample has a target group');
const awaited = { namespace: 'shop', service: 'web' };
const withGroups = (...groups: GroupSummary[]): Report => ({ ...report, groups });
const empty: GroupSummary = { ...own, targetGroupArn: `${own.targetGroupArn}0`, healthy: 0, total: 0, served: 'idle' };

test.each<[string, Report, string]>([
  ['opens beside an empty target group to which no client is sent', withGroups(own, empty), 'healthy'],
  ['waits for an empty one to which clients are sent', withGroups(own, { ...empty, served: 'excused' }), 'waiting'],
  ['waits for targets that fail where no client is sent yet', withGroups(own, { ...empty, total: 2 }), 'waiting'],
  ['waits where there is no other one', withGroups(empty), 'waiting'],
])('the gate %s', (_, given, state) => {
  expect(gateState(given, awaited).state).toBe(state);
});
