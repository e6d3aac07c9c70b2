import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { oneVpc, templateOf } from '../lib/synthesize.ts';
import { root } from './pages.ts';

test('the page on operations quotes every alarm of the stack', () => {
  const page = readFileSync(`${root}docs/operations.md`, 'utf8');
  const alarms = Object.values(
    templateOf({ ...oneVpc, grantOwnAccess: true, budgetUsdPerMonth: 10 }).findResources('AWS::CloudWatch::Alarm'),
  );
  expect(alarms.length).toBeGreaterThan(5);
  const said: string[] = alarms.map(({ Properties }) => Properties.AlarmDescription);
  expect(said.filter((text) => !page.includes(`| ${text} |`))).toEqual([]);
});
