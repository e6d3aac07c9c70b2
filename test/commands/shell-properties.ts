import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellWords } from '../../core/diagnosis/fix/shell-word.ts';
import { commandsOf, fixesWith, hostileFixes } from './catalogue-commands.ts';
import { hostileValues } from './hostile-values.ts';
import { runCommands } from './run-commands.ts';

const characters = fc.constantFrom(...` \t\n\r'"\`$\\!;&|<>(){}[]*?~#=%^-+@:/.,aZ0ä\u0000\u001b\u202e`);
const values = fc.array(fc.oneof(characters, fc.constantFrom(...hostileValues)), { minLength: 1, maxLength: 6 });

interface Thoroughness {
  /** Random values. */
  numRuns: number;
  /** Each hostile value meets one check in so many. */
  turns: number;
}

/** What must be true of the commands in every shell that somebody may paste them into. */
export function expectCommandsToBeSafeIn(shell: string, { numRuns, turns }: Thoroughness): void {
  test(`${shell} passes on exactly the value of every word that a command may hold`, () => {
    const cases = fc
      .sample(values, { numRuns, seed: 14 })
      .map((parts) => parts.join('').slice(0, 300))
      .concat(hostileValues)
      .flatMap((value) =>
        ['aws --option {}', 'aws prefix={}', "aws '{}'", 'aws "{}"'].flatMap((template) => {
          const filled = shellWords([value], {
            quoted: /["']\{/.test(template),
            startsWord: !template.includes('='),
          });
          return 'word' in filled ? [{ value, command: template.replace('{}', () => filled.word) }] : [];
        }),
      );
    expect(cases.length).toBeGreaterThan(100);
    const ran = runCommands(
      shell,
      cases.map(({ command }) => command),
    );
    cases.forEach(({ value, command }, index) => {
      expect(ran[index]?.files, command).toEqual([]);
      expect(ran[index]?.calls, command).toHaveLength(1);
      expect(ran[index]?.calls[0]?.at(-1)?.replace(/^prefix=/, ''), command).toBe(value);
    });
  });

  test(`no command of the catalogue does in ${shell} what a value in it says`, () => {
    const commands = commandsOf(hostileFixes(turns).map(({ fix }) => fix));
    const ran = runCommands(shell, commands);
    ran.forEach(({ files, calls }, index) => {
      expect(files, commands[index]).toEqual([]);
      expect(calls.map(([program]) => program)).not.toContain('touch');
      for (const words of calls) expect(words.join(' '), commands[index]).not.toContain('delete namespace prod');
    });
  });

  test(`every command of the catalogue reaches its program in ${shell} where its values are plain names`, () => {
    const commands = commandsOf(fixesWith('web-1'));
    const ran = runCommands(shell, commands);
    const silent = commands.filter((command, index) => !command.includes('<') && ran[index]?.calls.length === 0);
    expect(silent).toEqual([]);
  });
}
