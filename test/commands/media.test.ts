import { describe, expect, test } from 'vitest';
import type { Diagnosis } from '../../core/model/diagnosis.ts';
import type { Fix } from '../../core/model/fix.ts';
import { openedMessage } from '../core/sample-message.ts';
import { diagnosisOf, reportOf } from '../core/sample-report.ts';
import { commandsOf, hostileFixes } from './catalogue-commands.ts';
import { commandsIn, media, mediaWithoutCommands } from './commands-by-medium.ts';

/** A diagnosis in which every text that comes from the account says the same. */
const diagnosisAbout = (value: string, fix: Fix[]): Diagnosis =>
  diagnosisOf({
    fix,
    service: value,
    evidence: [{ check: 'pod-crashloop', target: value, saw: value, expected: value }],
    unknown: [{ check: 'pod-crashloop', reason: value, remedy: value }],
    changedSinceHealthy: [{ subject: value, path: value, before: value, after: value, at: null }] as never,
  });

const show = (medium: string, diagnosis: Diagnosis): string[] => {
  const shown = { ...media, ...mediaWithoutCommands }[medium];
  return shown === undefined ? [] : shown(reportOf([diagnosis]), openedMessage(diagnosis));
};

const hostile = hostileFixes(20).map((each) => ({
  ...each,
  allowed: commandsOf([each.fix]).flatMap((command) => command.split('\n')),
}));

describe.each(Object.keys({ ...media, ...mediaWithoutCommands }))('%s', (medium) => {
  test('shows no command but those of the steps, each character by character', () => {
    for (const { value, fix, allowed } of hostile) {
      for (const command of commandsIn(show(medium, diagnosisAbout(value, fix)))) expect(allowed).toContain(command);
    }
  });
});

test.each(Object.keys(media))('%s shows the commands of a step', (medium) => {
  const fix = [{ text: 'Do it.', command: "kubectl --namespace shop delete pod 'web 1' && aws x > y" }];
  expect(commandsIn(show(medium, diagnosisAbout('web', fix)))).toContain(fix[0]?.command);
});
