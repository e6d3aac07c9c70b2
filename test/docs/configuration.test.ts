import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../config/config.ts';
import { configSchema } from '../../config/schema.ts';
import { renderConfigPage } from '../../scripts/docs/config-page.ts';
import { oneVpc } from '../lib/synthesize.ts';
import { codeIn } from './pages.ts';

describe('JSON on the pages', () => {
  const blocks = codeIn('json').filter(({ settings }) => settings['lab'] === undefined);

  test('is there', () => expect(blocks).not.toEqual([]));

  test.each(blocks)('$name is configuration that is accepted, whole or as part of one', ({ text, name }) => {
    const shown: object = JSON.parse(text);
    expect(parseConfig({ ...oneVpc, ...shown }, name)).toMatchObject(shown);
  });
});

test('the reference has a line for every field, in its place', () => {
  const page = renderConfigPage();
  const lines = page.split('\n').filter((line) => line.startsWith('| `'));
  const { $schema: _, ...fields } = configSchema.shape;
  for (const field of Object.keys(fields)) expect(page).toContain(`\n| \`${field}\` | `);
  expect(page).toMatch(/## `vpcs\[\]\.endpoints`\n\n.*\n.*\n\| `routeTableIds` \| list of text \| required \| \w+/);
  expect(lines.length).toBeGreaterThan(30);
});

test('every field of the reference says what it means', () => {
  const silent = renderConfigPage()
    .split('\n')
    .filter((line) => /^\| `.*\| {2}\|$/.test(line));
  expect(silent).toEqual([]);
});
