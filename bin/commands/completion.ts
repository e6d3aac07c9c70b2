import type { Argument, Command, Option } from 'commander';
import type { CheckMetadata } from '../../core/diagnosis/check.ts';

/** Shells that a completion script is there for. */
export const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

/** What can follow a command. */
interface Completed {
  name: string;
  description: string;
  options: { flags: string[]; takesValue: boolean; choices: readonly string[]; description: string }[];
  /** Its own commands and values of its first argument; empty where that is a file. */
  values: readonly string[];
}

/** Prints the completion script, which holds every command, option, choice and check of this version. */
export function printCompletion(program: Command, shell: Shell, checks: readonly CheckMetadata[]): void {
  const ids = checks.map(({ id }) => id);
  const commands = program.commands.map((command) => describe(command, ids));
  process.stdout.write(writers[shell](commands));
}

function describe(command: Command, ids: string[]): Completed {
  const [argument] = command.registeredArguments;
  const all = [command, ...command.commands].flatMap((each) => [...each.options, ...helpOf(each)]);
  return {
    name: command.name(),
    description: command.description(),
    options: [...new Map(all.map((option) => [option.long, option])).values()].map(completed),
    values: [
      ...command.commands.map((each) => each.name()),
      ...(argument === undefined ? [] : valuesOf(argument, ids)),
    ],
  };
}

const helpOf = (command: Command): Option[] => command.createHelp().visibleOptions(command).slice(-1);

const valuesOf = (argument: Argument, ids: string[]): readonly string[] =>
  argument.argChoices ?? (argument.name() === 'id' ? ids : []);

const completed = ({ short, long, required, optional, argChoices, description }: Option) => ({
  flags: [short, long].filter((flag) => flag != null),
  takesValue: required || optional,
  choices: argChoices ?? [],
  description,
});

const writers: Record<Shell, (commands: Completed[]) => string> = {
  bash: (commands) => `# bash completion of nlb-auditor
_nlb_auditor() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} words=
  if [[ $COMP_CWORD -eq 1 ]]; then
    words="${commands.map(({ name }) => name).join(' ')}"
  else
    case "$command $before" in
${commands.flatMap(bashChoices).join('\n')}
      *)
        case "$command" in
${commands.map(({ name, options, values }) => `          ${name}) words="${[...values, ...options.flatMap(({ flags }) => flags)].join(' ')}" ;;`).join('\n')}
        esac ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _nlb_auditor nlb-auditor
`,
  zsh: (commands) => `#compdef nlb-auditor
_nlb_auditor() {
  local -a commands=(
${commands.map(({ name, description }) => `    ${zshQuoted(`${name}:${description}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=\${words[2]}
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map(zshCommand).join('\n')}
  esac
}
if [ "$funcstack[1]" = _nlb_auditor ]; then _nlb_auditor "$@"; else compdef _nlb_auditor nlb-auditor; fi
`,
  fish: (commands) =>
    [
      '# fish completion of nlb-auditor',
      ...commands.map(
        ({ name, description }) =>
          `complete -c nlb-auditor -n __fish_use_subcommand -f -a ${name} -d ${fishQuoted(description)}`,
      ),
      ...commands.flatMap(fishCommand),
      '',
    ].join('\n'),
};

const bashChoices = ({ name, options }: Completed): string[] =>
  options
    .filter(({ takesValue }) => takesValue)
    .map(
      ({ flags, choices }) =>
        `      ${flags.map((flag) => `"${name} ${flag}"`).join('|')}) words="${choices.join(' ')}" ;;`,
    );

function zshCommand({ name, options, values }: Completed): string {
  const specs = options.flatMap(({ flags, takesValue, choices, description }) =>
    flags.map((flag) => {
      const value = takesValue ? `:value:${choices.length > 0 ? `(${choices.join(' ')})` : '_files'}` : '';
      return zshQuoted(`*${flag}[${description.replace(/[[\]:]/g, '\\$&')}]${value}`);
    }),
  );
  const argument = zshQuoted(values.length > 0 ? `*:value:(${values.join(' ')})` : '*:file:_files');
  return `    ${name}) _arguments ${[...specs, argument].join(' ')} ;;`;
}

const fishCommand = ({ name, options, values }: Completed): string[] => {
  const here = `complete -c nlb-auditor -n '__fish_seen_subcommand_from ${name}'`;
  return [
    ...(values.length > 0 ? [`${here} -f -a ${fishQuoted(values.join(' '))}`] : []),
    ...options.map(({ flags, takesValue, choices, description }) => {
      const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
      const value = takesValue ? ` -r${choices.length > 0 ? ` -f -a ${fishQuoted(choices.join(' '))}` : ''}` : '';
      return `${here} ${names.join(' ')}${value} -d ${fishQuoted(description)}`;
    }),
  ];
};

const zshQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const fishQuoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;
