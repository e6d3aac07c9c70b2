import { Argument, Command, Option } from 'commander';
import { catalogue } from '../core/diagnosis/catalogue.ts';
import { inertText } from '../core/redaction/inert-text.ts';
import { checks, explain } from './commands/catalogue.ts';
import type { CollectOptions } from './commands/collect.ts';
import { printCompletion, shells } from './commands/completion.ts';
import type { DoctorOptions } from './commands/doctor.ts';
import { examineFiles } from './commands/examine.ts';
import type { GateOptions } from './commands/gate.ts';
import type { McpOptions } from './commands/mcp.ts';
import * as options from './options.ts';
import { type RoleOptions, withRole } from './places/with-role.ts';
import { refuseEmpty } from './slips/refuse-empty.ts';
import { version } from './version.ts';
import { writable } from './writable.ts';

const severalPlaces = `
With several Regions or roles there is one audit after the other. Standard output gets one report after the other: JSON as a
document on each line, YAML as a stream of documents. Each file of --out and --save-facts is one for each, named with its account
and Region. What fails in one Region is reported, and the others go on; the exit code is that of the worst.`;

const examplesOf = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  nlb-auditor ${line}`).join('\n')}`;

/** The whole command line; what takes long to load is loaded by the command that needs it. */
export function buildProgram(): Command {
  const program = new Command('nlb-auditor')
    .description('Names the cause of every unhealthy Network Load Balancer target of your EKS clusters')
    .version(`nlb-auditor ${version}`, '-V, --version', 'show the version')
    .exitOverride()
    .showSuggestionAfterError()
    .hook('preAction', (_, command) => refuseEmpty(command))
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) })
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing wrong, 1 causes found, 2 usage or configuration, 3 incomplete, 70 bug
${examplesOf(
  'audit --region eu-west-1 --cluster shop',
  'audit --out report.html --out report.sarif',
  'gate --cluster shop --namespace orders --service checkout',
  'explain kube-proxy-node-name-mismatch',
)}`,
    );
  const command = (name: string, description: string, ...examples: string[]): Command =>
    program
      .command(name)
      .description(description)
      .configureOutput({ outputError: (text, write) => write(oneLine(text, ` ${name}`)) })
      .addHelpText('after', examplesOf(...examples));

  command(
    'audit',
    'survey the account, probe failing targets and name the causes',
    'audit --cluster shop --namespace orders --severity high',
    'audit --output json | jq .diagnoses[].cause',
    'audit --out report.html --out report.sarif',
    'audit --region eu-west-1,us-east-1    two Regions; --all-regions for those that are enabled',
    'audit --all-regions --role-arn arn:aws:iam::111122223333:role/nlb-auditor,arn:aws:iam::444455556666:role/nlb-auditor',
    'audit --context --namespace orders   the cluster that kubectl talks to, as `kubectl nlb-audit -n orders` does',
    'audit --metrics findings              since when, and how often before',
    'audit --metrics findings --changes findings   and what changed then, and who did it',
    'audit --flow-logs findings           and where health checks without an answer end',
    'audit --watch 1m',
    'audit --via-lambda eks-nlb-auditor-vpc-0a1b2c3d',
    'audit --save-facts facts.json        keep what was seen, to examine it again',
  )
    .option('-c, --cluster <name...>', 'only these clusters')
    .addOption(options.context())
    .addOption(options.namespaces())
    .addOption(options.everyNamespace())
    .addOption(options.services())
    .addOption(options.check())
    .addOption(options.severity())
    .addOption(options.regions())
    .addOption(options.allRegions())
    .addOption(options.profile())
    .addOption(options.roles().conflicts('viaLambda'))
    .addOption(options.externalId())
    .addOption(options.probe())
    .option('--no-probe', 'send no packet to any target')
    .addOption(options.metrics())
    .addOption(options.changes())
    .addOption(options.flowLogs())
    .addOption(options.callsPerSecond())
    .addOption(
      new Option('-w, --watch [interval]', 'repeat the audit and show what changed; every 30s by default')
        .argParser(options.pauseLength)
        .preset('30s')
        .conflicts(['saveFacts', 'viaLambda']),
    )
    .addOption(
      new Option(
        '--via-lambda <function>',
        'run the audit in the deployed auditor, inside the VPC; it saves nothing and notifies no one',
      ).conflicts(['saveFacts', 'probe']),
    )
    .option('--save-facts <file>', 'write everything observed to a file', writable)
    .addOption(options.config().conflicts('viaLambda'))
    .addOption(options.verbose())
    .addOption(options.output())
    .addOption(options.out())
    .addHelpText('after', severalPlaces)
    .action(async (given) => (await import('./places/audit-where.ts')).auditWhere(given));

  command(
    'gate',
    "wait until a Service's targets are healthy, or exit with the cause",
    'gate --cluster shop --namespace orders --service checkout',
    'gate -c shop -n orders -s checkout --timeout 5m --out gate.xml   JUnit for the pipeline',
  )
    .requiredOption('-c, --cluster <name>', 'cluster of the Service')
    .requiredOption('-n, --namespace <name>', 'namespace of the Service')
    .requiredOption('-s, --service <name>', 'name of the Service')
    .option('--without <cause>', 'wait until this cause, a risk for instance, is no longer found either')
    .addOption(new Option('--timeout <time>', 'longest wait').argParser(options.duration).default(600_000, '10m'))
    .addOption(
      new Option('--interval <time>', 'pause between runs').argParser(options.pauseLength).default(15_000, '15s'),
    )
    .addOption(options.region())
    .addOption(options.profile())
    .addOption(options.role())
    .addOption(options.externalId())
    .addOption(options.probe())
    .option('--no-probe', 'send no packet to any target')
    .addOption(options.callsPerSecond())
    .addOption(options.config())
    .addOption(options.verbose())
    .addOption(options.output())
    .addOption(options.out())
    .addHelpText(
      'after',
      `
Nodes that are meant to be unhealthy, without a pod under externalTrafficPolicy Local, do not keep it waiting. A cause
that waiting does not fix has to be confirmed and seen twice in a row.

Exit codes: 0 healthy, 1 a cause that waiting does not fix, or a timeout, 2 usage, 3 incomplete`,
    )
    .action(async (given) => (await import('./commands/gate.ts')).gate(withRole<GateOptions & RoleOptions>(given)));

  command(
    'collect',
    'write everything that an audit observes to a file, without judging it',
    'collect facts.json --cluster shop',
    'collect facts.json --redact          with substitutes for names, addresses, ARNs and log text',
  )
    .argument('<file>', 'where the facts go', writable)
    .option('-c, --cluster <name...>', 'only these clusters')
    .addOption(options.region())
    .addOption(options.profile())
    .addOption(options.role())
    .addOption(options.externalId())
    .addOption(options.probe())
    .option('--no-probe', 'send no packet to any target')
    .addOption(options.metrics())
    .addOption(options.changes())
    .addOption(options.flowLogs())
    .addOption(options.callsPerSecond())
    .option('--redact', 'replace identifying names, IDs and addresses; the same causes are still found')
    .option('--redact-key <text>', 'redact; the same key gives the same substitutes in every file')
    .addHelpText(
      'after',
      `
Redacted are names, addresses, ids, ARNs, the account and words of logs. What stays: the Region, times, short numbers,
and the words that the catalogue itself uses. Read the file before you mail it.`,
    )
    .action(async (file, given) =>
      (await import('./commands/collect.ts')).collectFacts(file, withRole<CollectOptions & RoleOptions>(given)),
    );

  command(
    'examine',
    'judge saved facts again, without touching AWS; several files make a history',
    'examine facts.json --verbose',
    'examine monday.json tuesday.json --out report.html',
  )
    .argument('<facts...>', 'files written by collect or by audit --save-facts')
    .addOption(options.namespaces())
    .addOption(options.everyNamespace())
    .addOption(options.services())
    .addOption(options.check())
    .addOption(options.severity())
    .addOption(options.config())
    .addOption(options.verbose())
    .addOption(options.output())
    .addOption(options.out())
    .action(examineFiles);

  command(
    'history',
    'show the findings that the deployed auditors keep',
    'history --table eks-nlb-auditor',
    "history '*/orders/checkout/*' --table eks-nlb-auditor",
  )
    .argument('[fingerprint]', 'finding; * stands for any characters; default: all')
    .addOption(options.table())
    .addOption(options.region())
    .addOption(options.profile())
    .addOption(options.listForm())
    .action(async (pattern, given) => (await import('./commands/history.ts')).history(pattern, given));

  const mute = command(
    'mute',
    'mute findings for some time',
    "mute add '*/orders/*' --for 8h --reason 'migration' --table eks-nlb-auditor",
    'mute list --table eks-nlb-auditor',
    "mute remove '*/orders/*' --table eks-nlb-auditor",
  );
  mute
    .command('add')
    .description('mute a pattern; replaces an earlier mute of the same pattern')
    .argument('<pattern>', 'fingerprint of a finding or key of an incident; * stands for any characters')
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--for <time>', 'how long, for example 8h', options.duration)
    .option('--owner <name>', 'who looks after it; default: your user name')
    .addOption(options.table())
    .addOption(options.region())
    .addOption(options.profile())
    .action(async (pattern, given) => (await import('./commands/mute.ts')).addMute(pattern, given));
  mute
    .command('list')
    .description('list what is muted')
    .addOption(options.table())
    .addOption(options.region())
    .addOption(options.profile())
    .addOption(options.listForm())
    .action(async (given) => (await import('./commands/mute.ts')).printMutes(given));
  mute
    .command('remove')
    .description('end a mute early')
    .argument('<pattern>', 'as it was given to add')
    .addOption(options.table())
    .addOption(options.region())
    .addOption(options.profile())
    .action(async (pattern, given) => (await import('./commands/mute.ts')).endMute(pattern, given));

  command(
    'simulate',
    'replay recorded runs and count the messages that would have been sent',
    'simulate --history eks-nlb-auditor                              the runs that the table keeps',
    'simulate --history reports.jsonl --config auditor.config.json   what `audit --output json >>` wrote',
  )
    .requiredOption(
      '--history <source...>',
      'files of JSON reports, or the table of findings, the output TableName of the stack',
    )
    .option(
      '--config <file>',
      'try lifeCycle, noise and mutes of this auditor.config.json; default: the built-in rules',
    )
    .addOption(options.region())
    .addOption(options.profile())
    .addOption(options.listForm())
    .action(async (given) => (await import('./commands/simulate.ts')).printSimulation(given));

  command('explain', 'show everything about one cause', 'explain pod-crashloop')
    .argument('<id>', 'id of a check')
    .action(explain);

  command('checks', 'list the catalogue of causes', 'checks', 'checks --output json')
    .addOption(options.listForm())
    .action(checks);

  command(
    'doctor',
    'test everything that an audit needs and show what to grant, open or change',
    'doctor --region eu-west-1',
    'doctor --config auditor.config.json',
    'doctor --role-arn arn:aws:iam::111122223333:role/nlb-auditor   as that role sees it',
  )
    .option('--config <file>', 'examine the VPCs and the secret of this auditor.config.json too')
    .addOption(options.region())
    .addOption(options.profile())
    .addOption(options.role())
    .addOption(options.externalId())
    .addOption(options.callsPerSecond())
    .action(async (given) =>
      (await import('./commands/doctor.ts')).doctor(withRole<DoctorOptions & RoleOptions>(given)),
    );

  command(
    'mcp',
    'serve audit, gate, explain, checks, examine and history to agents by the Model Context Protocol, on standard input and output',
    'mcp --region eu-west-1                                     what an agent starts',
    'mcp --region eu-west-1 --table eks-nlb-auditor             with the history of the deployed auditors',
  )
    .addOption(options.region())
    .addOption(options.profile())
    .addOption(options.role())
    .addOption(options.externalId())
    .addOption(options.callsPerSecond())
    .addOption(options.config())
    .option(
      '-t, --table <name>',
      'table of findings for the tool history, the output TableName of the stack',
      options.tableName,
    )
    .addHelpText('after', '\nEvery tool only reads. Nothing listens on the network.')
    .action(async (given) => (await import('./commands/mcp.ts')).serveMcp(withRole<McpOptions & RoleOptions>(given)));

  command(
    'lab',
    'serve a small AWS and Kubernetes on this machine until interrupted',
    'lab                                  two clusters with many faults',
    'lab kube-proxy-node-name-mismatch',
    'lab --list',
  )
    .argument('[id]', 'scenario; default: an account with two clusters and many faults')
    .option('--list', 'list the scenarios')
    .addOption(
      new Option('--network <octets>', 'first two octets of its addresses; default: 127.20').argParser(options.network),
    )
    .action(async (id, given) => (await import('./commands/lab.ts')).lab(id, given));

  command(
    'completion',
    'print the completion script of a shell',
    'completion bash > ~/.local/share/bash-completion/completions/nlb-auditor',
    'completion zsh > ~/.zfunc/_nlb-auditor',
    'completion fish > ~/.config/fish/completions/nlb-auditor.fish',
  )
    .addArgument(new Argument('<shell>', 'shell to complete in').choices(shells))
    .action((shell) => printCompletion(program, shell, catalogue));

  return program;
}

const oneLine = (text: string, command = ''): string =>
  `nlb-auditor: ${inertText(text)
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '')}; \`nlb-auditor${command} --help\` shows what there is.\n`;
