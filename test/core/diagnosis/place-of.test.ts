import { expect, test } from 'vitest';
import { placeOf } from '../../../core/diagnosis/diagnoses.ts';
import { targetGroupArn } from '../sample-facts.ts';

const place = { cluster: 'shop', namespace: 'orders', service: 'checkout', targetGroupArn };

test.each([
  ['of a cause of the Service', place, 'shop orders/checkout'],
  [
    'of a cause of one target group among several',
    { ...place, besideOthers: true as const },
    'shop orders/checkout, target group k8s-shop-web-0123456789',
  ],
  ['without a Service', { ...place, service: null }, 'k8s-shop-web-0123456789'],
])('the place %s', (_, given, expected) => {
  expect(placeOf(given)).toBe(expected);
});
