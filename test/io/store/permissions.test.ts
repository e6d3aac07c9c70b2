import { expect, test } from 'vitest';
import { awsActions } from '../../../config/permissions.ts';
import { openStore } from '../../../io/store/store.ts';
import { account, diagnosisOf, groupArn, region, reportAt } from '../../core/sample-report.ts';
import { auditOnce } from './audit-once.ts';
import { findingsTable } from './findings-table.ts';

test('the auditor may make every kind of request that its memory needs, long lists included', async () => {
  await using findings = await findingsTable();
  const made = new Set<string>();
  findings.client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        made.add(commandName.replace(/Command$/, ''));
        return next(args);
      },
    { step: 'initialize' },
  );
  const store = openStore({ ...findings, scope: `${account}/${region}/all` });
  const many = Array.from({ length: 2000 }, (_, index) => diagnosisOf({ targetGroupArn: groupArn(`web-${index}`) }));
  const other = diagnosisOf({ cause: 'app-error-status' });
  await auditOnce(store, reportAt('2026-11-20T12:00:00Z', [...many, other]));
  await auditOnce(store, reportAt('2026-11-20T12:05:00Z', [...many.slice(5), other]));

  const granted = awsActions.filter((each) => each.function === 'auditor').map(({ action }) => action);
  expect([...made].toSorted()).toEqual(expect.arrayContaining(['BatchWriteItem', 'DeleteItem', 'PutItem', 'Query']));
  expect([...made].map((name) => `dynamodb:${name}`).filter((action) => !granted.includes(action))).toEqual([]);
});
