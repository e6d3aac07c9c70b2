import { expect, test } from 'vitest';
import { truncate, untruncated } from '../../../core/lifecycle/truncate.ts';
import { diagnosisOf, groupArn } from '../sample-report.ts';

const target = { id: 'i-0aaaaaaaaaaaaaaa1', port: 31080, state: 'unhealthy', reason: null };
const nothing = { diagnoses: 0, targets: 0, evidence: 0, ruledOut: 0, unknown: 0, changedSinceHealthy: 0 };

test('what fits stays whole', () => {
  expect(truncate(untruncated([diagnosisOf()]))).toEqual({ diagnoses: [diagnosisOf()], omitted: nothing });
});

test('lists are cut before diagnoses are, and the rest is counted', () => {
  const many = diagnosisOf({ targets: Array.from({ length: 3000 }, () => target) });
  const { diagnoses, omitted } = truncate(untruncated([many, many]));
  expect(diagnoses.map(({ targets }) => targets.length)).toEqual([100, 100]);
  expect(omitted).toEqual({ ...nothing, targets: 5800 });
});

test('diagnoses go last, and one always stays', () => {
  const many = Array.from({ length: 400 }, (_, index) => diagnosisOf({ targetGroupArn: groupArn(`web-${index}`) }));
  const { diagnoses, omitted } = truncate(untruncated(many));
  expect(omitted.diagnoses).toBe(400 - diagnoses.length);
  expect(JSON.stringify(diagnoses).length).toBeLessThan(62_000);
  expect(truncate(untruncated(many), 1).diagnoses).toHaveLength(1);
});

test('a long piece of evidence is cut and says so', () => {
  const evidence = [{ check: 'x', target: null, saw: 'y'.repeat(1500), expected: 'z' }];
  const [short] = truncate(untruncated([diagnosisOf({ evidence })])).diagnoses;
  expect(short?.evidence[0]?.saw).toBe(`${'y'.repeat(1000)}… (500 characters cut)`);
});

test('a digest of a digest counts both cuts', () => {
  const many = diagnosisOf({ targets: Array.from({ length: 3000 }, () => target) });
  const twice = truncate(truncate(untruncated([many])), 2000);
  expect((twice.diagnoses[0]?.targets.length ?? 0) + twice.omitted.targets).toBe(3000);
});

test('of many changes since a target group was healthy the first ones are kept', () => {
  const changedSinceHealthy = Array.from({ length: 500 }, (_, index) => ({
    what: `security-group rule of sg-${index}`,
    before: 'x'.repeat(300),
    now: null,
  }));
  const { diagnoses, omitted } = truncate(untruncated([diagnosisOf({ changedSinceHealthy })]));
  expect(diagnoses[0]?.changedSinceHealthy).toEqual(changedSinceHealthy.slice(0, 100));
  expect(omitted).toEqual({ ...nothing, changedSinceHealthy: 400 });
});

test('a command is whole or not there, and the step keeps its text', () => {
  const long = { text: 'Correct the path.', command: `kubectl patch --path=/${'r'.repeat(450_000)}` };
  const short = { text: 'Look at it.', command: 'kubectl get pods -n shop' };
  const { diagnoses } = truncate(untruncated([diagnosisOf({ fix: [long, short] })]));
  expect(diagnoses[0]?.fix).toEqual([{ text: 'Correct the path.' }, short]);
  expect(JSON.stringify(diagnoses).length).toBeLessThan(62_000);
});
