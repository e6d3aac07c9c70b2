import { expect, test } from 'vitest';
import { table } from '../../../core/render/text/table.ts';

const rows = [
  ['shop orders/checkout', '0/3', 'pod-crashloop'],
  ['payments cards/gateway', '10/30', 'kube-proxy-node-name-mismatch'],
];

test('a table stands in columns', () => {
  expect(table(rows, 80)).toEqual([
    'shop orders/checkout    0/3    pod-crashloop',
    'payments cards/gateway  10/30  kube-proxy-node-name-mismatch',
  ]);
});

test('a table cuts its longest columns to what is there and says where', () => {
  const lines = table(rows, 40);
  expect(lines[1]).toBe('payments cards…  10/30  kube-proxy-node…');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
});

test('a table without rows has no lines', () => {
  expect(table([], 40)).toEqual([]);
});
