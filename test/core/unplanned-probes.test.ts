import { expect, test } from 'vitest';
import type { SliceName } from '../../core/model/slices.ts';
import { unplannedProbes } from '../../core/probes/unplanned.ts';
import { fail, sampleFacts, targetGroupArn } from './sample-facts.ts';

function failing(...lost: SliceName[]) {
  const facts = sampleFacts();
  fail(facts.slices.targetHealth);
  for (const slice of lost) {
    facts.slices[slice] = [];
    facts.gaps.push({
      slice,
      scope: { kind: 'all' },
      reason: 'throttled',
      action: 'Describe',
      message: 'slow down',
      remedy: 'wait',
    });
  }
  return facts;
}

test.each<[SliceName, string]>([
  ['loadBalancers', 'the load balancer could not be read'],
  ['networkInterfaces', 'the network interfaces of the targets could not be read'],
])('without %s no probe can be planned, which is a gap for every check that needs probes', (slice, words) => {
  const gaps = unplannedProbes(failing(slice));
  expect(gaps).toMatchObject([
    { slice: 'probes', scope: { kind: 'target-group', arn: targetGroupArn }, reason: 'throttled', remedy: 'wait' },
  ]);
  expect(gaps[0]?.message).toContain(words);
});

test('where all was read nothing is unplanned, nor where nothing fails', () => {
  expect(unplannedProbes(failing())).toEqual([]);
  const healthy = failing('networkInterfaces');
  for (const target of healthy.slices.targetHealth) target.state = 'healthy';
  expect(unplannedProbes(healthy)).toEqual([]);
});

test('an instance whose interface is gone is no gap', () => {
  const facts = failing();
  facts.slices.networkInterfaces = [];
  expect(unplannedProbes(facts)).toEqual([]);
});
