import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contains } from '../../../core/network/address.ts';
import { substituteAddress } from '../../../core/redaction/substitute-address.ts';
import { substituteText } from '../../../core/redaction/substitute-text.ts';

const digest = (text: string): string => createHmac('sha256', 'a key of a test').update(text).digest('hex');
const substitute = substituteText({
  digest,
  known: new Set(['connection', 'refused', 'web', 'loadbalancer', 'arn', 'net']),
  names: new Set(['web', 'web-front']),
  fixed: new Map(),
});

describe('substituted text', () => {
  test('keeps the words that are known, numbers and times', () => {
    const line = '2026-11-20T12:00:00.123Z connection refused (503)';
    expect(substitute(line)).toBe(line);
  });

  test('keeps a moment in seconds since 1970, and no other long number', () => {
    expect(substitute('1795782480')).toBe('1795782480');
    expect(substitute('4795782480')).not.toBe('4795782480');
    expect(substitute('111122223333')).not.toBe('111122223333');
  });

  test('replaces names though their words are known, wherever they stand', () => {
    const [name = '', pod = ''] = [substitute('web-front'), substitute('web-front-7d9c5b6f4-x2x8q')];
    expect(name).not.toContain('web');
    expect(pod).not.toMatch(/web|front|7d9c|x2x8q/);
    expect(pod.startsWith(`${name}-`)).toBe(true);
  });

  test.each([
    ['Müller Straße', /^\p{L}{10} \p{L}{10}$/u],
    ['Москва', /^[a-z]{10}$/],
    ['北京', /^[a-z]{10}$/],
    ['東京-支店', /^[a-z]{10}-[a-z]{10}$/],
    ['4111 1111 1111 1111', /^\d{4} \d{4} \d{4} \d{4}$/],
    ['3782-822463-10005', /^\d{4}-\d{6}-\d{5}$/],
    ['123-45-6789', /^\d{3}-\d{2}-\d{4}$/],
    ['+49 170 1234567', /^\+\d\d \d{3} \d{7}$/],
    ['(555) 123-4567', /^\(\d{3}\) \d{3}-\d{4}$/],
    ['02:42:ac:11:00:02', /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/],
    ['02-42-AC-11-00-02', /^[0-9a-f]{2}(?:-[0-9a-f]{2}){5}$/i],
  ])('replaces %s and leaves its form', (text, form) => {
    const shown = substitute(`seen ${text} today`).split(' ').slice(1, -1).join(' ');
    expect(shown).toMatch(form);
    expect(shown).not.toContain(text);
    for (const part of text.match(/\p{L}{2,}|\d{4,}/gu) ?? []) expect(shown).not.toContain(part);
    expect(substitute(`seen ${text} today`)).toContain(shown);
  });

  test('replaces account and ids in an ARN and leaves its form', () => {
    const arn = substitute(
      'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/orders/0a1b2c3d4e5f6071',
    );
    expect(arn).toMatch(/^arn:\w+:\w+:[\w-]+:\d{12}:loadbalancer\/net\/\w+\/[0-9a-f]{16}$/);
    expect(arn).not.toMatch(/123456789012|orders|0a1b2c3d4e5f6071/);
  });

  test('names a node after the substitute of its address', () => {
    const address = substitute('10.1.2.3');
    expect(address).not.toBe('10.1.2.3');
    expect(substitute('fargate-ip-10-1-2-3.internal')).toContain(`-ip-${address.replaceAll('.', '-')}.`);
  });
});

describe('a substituted address', () => {
  const address = substituteAddress(digest);
  const octet = fc.integer({ min: 0, max: 255 });
  const ipv4 = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'));
  const ipv6 = fc
    .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 })
    .map((words) => words.map((word) => word.toString(16)).join(':'));

  test('lies in the substitutes of exactly those blocks that held the address', () => {
    fc.assert(
      fc.property(ipv4, ipv4, fc.integer({ min: 8, max: 32 }), (one, other, length) => {
        fc.pre(!/^(0|127|169|255)\./.test(one) && !/^(0|127|169|255)\./.test(other));
        for (const base of [one, other]) {
          const block = `${base}/${length}`;
          expect(contains(address(block), address(one))).toBe(contains(block, one));
        }
      }),
    );
    fc.assert(
      fc.property(ipv6, fc.integer({ min: 16, max: 128 }), (one, length) => {
        expect(contains(address(`${one}/${length}`), address(one))).toBe(true);
      }),
    );
  });

  test('stays private where it was private', () => {
    for (const [block, one] of [
      ['10.0.0.0/8', '10.1.2.3'],
      ['172.16.0.0/12', '172.20.1.2'],
      ['192.168.0.0/16', '192.168.7.8'],
      ['100.64.0.0/10', '100.70.1.2'],
    ] as const) {
      expect(contains(block, address(one))).toBe(true);
      expect(address(one)).not.toBe(one);
    }
  });

  test.each(['0.0.0.0/0', '169.254.169.254', '127.0.0.1', '::/0'])('%s means the same everywhere and stays', (text) => {
    expect(address(text)).toBe(text);
  });
});
