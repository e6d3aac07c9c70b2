import { expect, test } from 'vitest';
import { kindsOf } from '../../../core/diagnosis/diagnoses.ts';

const short = (...saw: string[]): string[] =>
  kindsOf(saw.map((each) => ({ saw: each }))).map(({ first, more }) => `${first.saw} +${more}`);

test('observations about pods, nodes and addresses of one kind are one', () => {
  expect(
    short(
      'orders/web-7d4f-x2x4k container web is not ready',
      'no target is healthy in any zone',
      'orders/web-7d4f-8kqzl container web is not ready',
      'node ip-10-0-1-4.eu-west-1.compute.internal: NotReady',
      'node ip-10-0-2-9.eu-west-1.compute.internal: NotReady',
      'GET http://10.0.1.4:8080/: HTTP 503',
      'GET http://10.0.2.9:8080/: HTTP 503',
      'GET http://[fd00::9]:8080/: HTTP 503',
      'GET http://10.0.2.9:8080/ready: HTTP 503',
      '10.0.1.4:8080: refused',
      '10.0.2.9:8080: refused',
      '10.0.3.1:8080: refused',
    ),
  ).toEqual([
    'orders/web-7d4f-x2x4k container web is not ready +1',
    'no target is healthy in any zone +0',
    'node ip-10-0-1-4.eu-west-1.compute.internal: NotReady +1',
    'GET http://10.0.1.4:8080/: HTTP 503 +2',
    'GET http://10.0.2.9:8080/ready: HTTP 503 +0',
    '10.0.1.4:8080: refused +2',
  ]);
});

test('what differs in a figure, a port or another word stays', () => {
  const different = [
    'orders/web-0 restarted 6 times',
    'orders/web-0 restarted 7 times',
    'sg-0a1 does not admit 8080',
    'sg-0b2 does not admit 8080',
    'container web of orders/web-0 was killed',
    'container proxy of orders/web-1 was killed',
  ];
  expect(short(...different)).toEqual(different.map((each) => `${each} +0`));
});
