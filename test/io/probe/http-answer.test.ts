import { expect, test } from 'vitest';
import { readHttpAnswer, showFirstBytes } from '../../../io/probe/http-answer.ts';

const read = (text: string) => readHttpAnswer(Buffer.from(text, 'latin1'));

test.each([
  ['HTTP/1.1 200 OK\r\n\r\n', 200],
  ['HTTP/1.0 404 Not Found\r\nx: y\r\n\r\nbody', 404],
  ['HTTP/1.1 200\r\n\r\n', 200],
  ['HTTP/1.1 200 OK\nx: y\n\n', 200],
  ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 No\r\n\r\n', 503],
])('%j is an answer', (text, status) => {
  expect(read(text)).toMatchObject({ kind: 'http', status });
});

test.each(['', 'HTT', 'HTTP/1.1', 'HTTP/1.1 200 OK\r\n', 'HTTP/1.1 200 OK\r\nx: y', 'HTTP/1.1 100 Continue\r\n\r\n'])(
  '%j may still become an answer',
  (text) => {
    expect(read(text)).toEqual({ kind: 'incomplete' });
  },
);

test.each([
  'SSH-2.0-x\r\n',
  'HTTP/2 200\r\n\r\n',
  'HTTP/1.1 OK\r\n\r\n',
  'HTTP/1.1 2000 OK\r\n\r\n',
  '\x15\x03\x01\x00\x02\x02\x16',
  '\n',
])('%j is not HTTP', (text) => {
  expect(read(text)).toEqual({ kind: 'not-http' });
});

test('Location is found whatever its case', () => {
  expect(read('HTTP/1.1 302 Found\r\nLOCATION:  /login \r\nx: y\r\n\r\n')).toMatchObject({ location: '/login' });
});

test('the end of the body follows from its length', () => {
  expect(read('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour more')).toMatchObject({
    body: 'four',
    bodyEnded: true,
  });
  expect(read('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfo')).toMatchObject({ body: 'fo', bodyEnded: false });
  expect(read('HTTP/1.1 200 OK\r\n\r\nfour')).toMatchObject({ body: 'four', bodyEnded: false });
});

test('first bytes stay within 64 characters and never end inside an escape', () => {
  const shown = showFirstBytes(Buffer.from(`ab${'\x00'.repeat(100)}`, 'latin1'));
  expect(shown).toBe(`ab${'\\x00'.repeat(15)}`);
});
