import { describe, expect, test } from 'vitest';
import { mentionFor, messageFor, type Route } from '../../../core/notification/routing.ts';
import { openedMessage, summaryMessage } from '../sample-message.ts';
import { diagnosisOf } from '../sample-report.ts';

const to = ['team'];
const message = openedMessage(diagnosisOf({ severity: 'high', cluster: 'prod', namespace: 'shop', team: 'web' }));
const isTold = (match: Route['match'], told = message) => messageFor('team', told, [{ match, to }]) !== null;

test('a channel that no route names is told everything', () => {
  expect(messageFor('other', message, [{ match: { severity: 'critical' }, to }])).toBe(message);
});

test.each<[Route['match'], boolean]>([
  [{}, true],
  [{ severity: 'high' }, true],
  [{ severity: 'low' }, true],
  [{ severity: 'critical' }, false],
  [{ clusters: ['prod'] }, true],
  [{ clusters: ['pr*'] }, true],
  [{ clusters: ['test', 'stage'] }, false],
  [{ namespaces: ['shop'] }, true],
  [{ namespaces: ['shopping'] }, false],
  [{ teams: ['web'] }, true],
  [{ teams: ['data'] }, false],
  [{ clusters: ['prod'], teams: ['data'] }, false],
])('%j matches: %s', (match, expected) => {
  expect(isTold(match)).toBe(expected);
});

test('one of several routes is enough', () => {
  const routes = [
    { match: { clusters: ['test'] }, to },
    { match: { teams: ['web'] }, to },
  ];
  expect(messageFor('team', message, routes)).toBe(message);
});

test('a Service without a team, and a target group without a cluster, match no name', () => {
  expect(isTold({ teams: ['*'] }, openedMessage(diagnosisOf()))).toBe(false);
  expect(isTold({ clusters: ['*'] }, openedMessage(diagnosisOf({ cluster: null })))).toBe(false);
});

describe('of a summary', () => {
  const given = summaryMessage();
  const [line] = given.summary?.lines ?? [];
  if (given.summary === undefined || line === undefined) throw new Error('no line');
  const lines = [line, { ...line, key: 'other', severity: 'low' as const, services: ['data/db'], teams: ['data'] }];
  const told = { ...given, summary: { ...given.summary, lines } };
  const keys = (match: Route['match'], of = told) =>
    messageFor('team', of, [{ match, to }])?.summary?.lines.map(({ key }) => key) ?? null;

  test('a channel is told the lines that match', () => {
    expect(keys({ severity: 'high' })).toEqual([line.key]);
    expect(keys({ teams: ['data'] })).toEqual(['other']);
    expect(keys({ namespaces: ['nowhere'] })).toBeNull();
  });

  test('what has no line may be anything, so it is told', () => {
    expect(keys({ namespaces: ['nowhere'] }, { ...told, summary: { ...told.summary, more: 3 } })).toEqual([]);
    const cut = { ...told, summary: { ...told.summary, lines: [{ ...line, moreServices: 1 }] } };
    expect(keys({ namespaces: ['nowhere'] }, cut)).toEqual([line.key]);
  });
});

test('the first matching route with a mention says who is mentioned, and only when an incident opens', () => {
  const routes: Route[] = [
    { match: { severity: 'critical' }, to, mention: 'channel' },
    { match: { severity: 'high' }, to, mention: 'S0123456789' },
    { match: {}, to, mention: 'here' },
  ];
  expect(mentionFor('team', message, routes)).toBe('S0123456789');
  expect(mentionFor('other', message, routes)).toBeUndefined();
  expect(mentionFor('team', { ...message, transition: 'changed' }, routes)).toBeUndefined();
});
