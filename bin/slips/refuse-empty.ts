import type { Command } from 'commander';
import { UserError } from '../../config/user-error.ts';

/** Throws a UserError for an option or argument whose value is empty, as where a variable of a script is not set: nothing has an empty name. */
export function refuseEmpty(command: Command): void {
  const given = [
    ...command.options.map((option) => ({
      name: option.flags,
      value: command.getOptionValue(option.attributeName()),
    })),
    ...command.registeredArguments.map((argument, index) => ({
      name: `<${argument.name()}>`,
      value: command.processedArgs[index],
    })),
  ];
  const empty = given.find(({ value }) =>
    [value].flat().some((each) => typeof each === 'string' && each.trim() === ''),
  );
  if (empty === undefined) return;
  throw new UserError(
    `${empty.name} has an empty value; give it one, or leave it out. Is a variable of your script not set? \`nlb-auditor ${command.name()} --help\` shows what it means.`,
  );
}
