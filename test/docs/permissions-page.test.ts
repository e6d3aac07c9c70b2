import { expect, test } from 'vitest';
import { awsActions, commandLineActions, kubernetesReads } from '../../config/permissions.ts';
import { renderPermissionsPage } from '../../scripts/docs/permissions-page.ts';

test('the page has a line for every action and every read', () => {
  const lines = renderPermissionsPage()
    .split('\n')
    .filter((line) => line.startsWith('| '));
  for (const { action } of [...awsActions, ...commandLineActions])
    expect(lines.some((line) => line.startsWith(`| \`${action}\` |`))).toBe(true);
  const heads = lines.filter((line) => /^\| (action|group|---)/.test(line));
  expect(lines).toHaveLength(awsActions.length + commandLineActions.length + kubernetesReads.length + heads.length);
});
