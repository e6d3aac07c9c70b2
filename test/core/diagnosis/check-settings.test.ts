import { expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { gradedChecks } from '../../../core/diagnosis/check-settings.ts';

const severityOf = (id: string, checks = catalogue) => checks.find((check) => check.id === id)?.severity;

test('a check that is off is left out and the others stay as they are', () => {
  const graded = gradedChecks(catalogue, { 'pod-crashloop': 'off' });
  expect(graded.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id).filter((id) => id !== 'pod-crashloop'));
});

test('a check gets the severity given, and the catalogue keeps its own', () => {
  const before = severityOf('pod-crashloop');
  expect(before).not.toBe('info');
  expect(severityOf('pod-crashloop', gradedChecks(catalogue, { 'pod-crashloop': 'info' }))).toBe('info');
  expect(severityOf('pod-crashloop')).toBe(before);
});
