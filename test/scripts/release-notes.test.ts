import { expect, test } from 'vitest';
import { releaseNotes } from '../../scripts/release/release-notes.ts';

const changelog =
  '# Changelog\n\n## Unreleased\n\n- FIX b\n\n## 0.2.0 (2026-12-01)\n\n- FEATURE a\n\n## 0.1.0\n\n- FEATURE z\n';

test('the notes of a release are the section of its version and no other', () => {
  expect(releaseNotes('v0.2.0', { changelog, version: '0.2.0' })).toEqual({ text: '- FEATURE a' });
});

test('a tag that is not the version of the package is refused', () => {
  expect(releaseNotes('v0.2.1', { changelog, version: '0.2.0' })).toEqual({
    problem: 'The tag is v0.2.1, but package.json has version 0.2.0.',
  });
});

test('a version without a section in the changelog is refused', () => {
  expect(releaseNotes('v0.3.0', { changelog, version: '0.3.0' })).toHaveProperty('problem');
});
