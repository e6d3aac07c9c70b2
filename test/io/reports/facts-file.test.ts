import { expect, test } from 'vitest';
import { exitCodeOf } from '../../../bin/exit.ts';
import { assess } from '../../../core/diagnosis/assess.ts';
import type { FactsFile } from '../../../io/reports/facts-file.ts';
import { parseFacts } from '../../../io/reports/facts-file.ts';
import { sampleFacts } from '../../core/sample-facts.ts';

const cluster = {
  name: 'shop',
  arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/shop',
  vpcId: 'vpc-1',
  version: '1.33',
};
const facts = { ...sampleFacts(), cluster };
const { account, region, takenAt } = facts;
const whole = {
  schemaVersion: 1,
  run: { id: takenAt, startedAt: takenAt, finishedAt: takenAt, apiCalls: {}, throttles: 0, waitedMs: 0 },
  inventory: { account, region, clusters: [cluster], targetGroups: facts.slices.targetGroups, gaps: [] },
  facts: [facts],
};
const judged = (file: object) => {
  const parsed: FactsFile = parseFacts(JSON.stringify(file), 'facts.json');
  const { report } = assess(parsed);
  return { code: exitCodeOf(report), gaps: report.coverage.gaps.map(({ message }) => message) };
};

test('a whole file is judged', () => expect(judged(whole)).toEqual({ code: 0, gaps: [] }));

test.each([
  ['every cluster', { ...whole, facts: [] }, ['a target group', 'cluster shop']],
  [
    'one of two clusters',
    { ...whole, inventory: { ...whole.inventory, clusters: [cluster, { ...cluster, name: 'play' }] } },
    ['cluster play'],
  ],
  [
    'the target groups of a cluster',
    { ...whole, facts: [{ ...facts, slices: { ...facts.slices, targetGroups: [], targetHealth: [] } }] },
    ['a target group'],
  ],
])('a file that lacks %s is not found to be well', (_, file, lost) => {
  const { code, gaps } = judged(file);
  expect(code).toBe(3);
  expect(gaps.toSorted()).toEqual(
    lost.map((what) => expect.stringMatching(new RegExp(`^the file names (the )?${what} and holds no facts of it$`))),
  );
});

test('a run about a part of the account lists more than it is about', () => {
  const part = { ...whole.inventory, scope: { clusters: ['shop'] }, targetGroups: [{ arn: 'of another cluster' }] };
  expect(judged({ ...whole, inventory: part })).toEqual({ code: 0, gaps: [] });
});

test.each([
  [[], 'the whole: a list is there where an object belongs'],
  [null, 'the whole: null is there where an object belongs'],
  [{ ...whole, schemaVersion: 2 }, 'schemaVersion: 1 belongs there'],
  [{ ...whole, facts: undefined }, 'facts: nothing is there where a list belongs'],
  [{ ...whole, run: { ...whole.run, startedAt: 'now' } }, 'run.startedAt: is no time of RFC 3339'],
])('what is wrong with another file is said in words: %#', (file, words) => {
  expect(() => parseFacts(JSON.stringify(file), 'facts.json')).toThrow(
    `facts.json is not a facts file: ${words}; write one with`,
  );
});

test('a file that is nested deeper than any facts is refused unread', () => {
  expect(() => parseFacts(`{"facts": ${'['.repeat(3_000_000)}`, 'deep.json')).toThrow(
    'deep.json could not be read as a facts file: it has lists and objects nested more than 100 deep; write one with',
  );
});
