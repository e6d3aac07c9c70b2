import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kubernetesReads } from '../../config/permissions.ts';
import { renderClusterRole } from '../../scripts/docs/cluster-role.ts';

test('docs/rbac.yaml is what the list of reads says', () => {
  expect(readFileSync('docs/rbac.yaml', 'utf8')).toBe(renderClusterRole());
});

test('nothing can be written, and Secrets cannot be read', () => {
  const verbs = new Set<string>(kubernetesReads.flatMap((read) => read.verbs));
  expect([...verbs].toSorted()).toEqual(['get', 'list']);
  expect(kubernetesReads.map(({ resource }) => resource)).toContain('pods');
  expect(kubernetesReads.filter(({ resource }) => resource.includes('secret') || resource === '*')).toEqual([]);
});
