#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { misconfiguration } from '../io/misconfiguration.ts';
import { UserError } from '../io/user-error.ts';
import { checks, explain } from './catalogue.ts';
import { examineFile } from './examine.ts';
import { exit } from './exit.ts';

const output = new Option('-o, --output <format>', 'form of the report').choices(['text', 'json']).default('text');
const callsPerSecond = new Option('--calls-per-second <number>', 'most calls to Elastic Load Balancing a second')
  .argParser(positive)
  .default(5);

const program = new Command('nlb-auditor')
  .description('Names the cause of every unhealthy Network Load Balancer target of your EKS clusters')
  .exitOverride()
  .configureOutput({
    outputError: (text, write) =>
      write(
        `nlb-auditor: ${text
          .replace(/^error: /, '')
          .trim()
          .replace(/\s*\n\s*/g, ' ')}; \`nlb-auditor --help\` shows what there is.\n`,
      ),
  })
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    `
Exit codes: 0 nothing wrong, 1 causes found, 2 usage or configuration, 3 incomplete, 70 bug

Examples:
  nlb-auditor audit --region eu-west-1 --cluster shop
  nlb-auditor audit --save-facts facts.json    keep what was seen, to examine or mail it
  nlb-auditor examine facts.json --verbose
  nlb-auditor explain kube-proxy-node-name-mismatch`,
  );

program
  .command('audit')
  .description('survey the account, probe failing targets and name the causes')
  .option('-c, --cluster <name...>', 'only these clusters')
  .option('-r, --region <region>', "Region; default: the AWS SDK's own")
  .option('-p, --profile <profile>', 'profile of the shared AWS configuration')
  .option('--no-probe', 'send no packet to any target')
  .addOption(callsPerSecond)
  .option('--save-facts <file>', 'write everything observed to a file')
  .option('-v, --verbose', 'show all evidence and what was ruled out', false)
  .addOption(output)
  .action(async (options) => (await import('./audit.ts')).audit(options));

program
  .command('examine')
  .argument('<facts>', 'file written by audit --save-facts')
  .description('judge saved facts again, without touching AWS')
  .option('-v, --verbose', 'show all evidence and what was ruled out', false)
  .addOption(output)
  .action(examineFile);

program.command('explain').argument('<id>', 'id of a check').description('tell all about one cause').action(explain);
program.command('checks').description('list the catalogue of causes').addOption(output).action(checks);

program
  .command('doctor')
  .description('try everything that an audit needs and tell what to grant, open or change')
  .option('--config <file>', 'examine the VPCs and the secret of this auditor.config.json too')
  .option('-r, --region <region>', "Region; default: the AWS SDK's own")
  .option('-p, --profile <profile>', 'profile of the shared AWS configuration')
  .addOption(callsPerSecond)
  .action(async (options) => (await import('./doctor.ts')).doctor(options));

program
  .command('lab')
  .argument('[id]', 'scenario; default: an account with two clusters and many faults')
  .description('serve a small AWS and Kubernetes on this machine until interrupted')
  .action(async (id) => (await import('./lab.ts')).lab(id));

try {
  await program.parseAsync();
} catch (thrown) {
  const error = misconfiguration(thrown) ?? thrown;
  if (error instanceof UserError) {
    console.error(`nlb-auditor: ${error.message}`);
    process.exitCode = exit.usage;
  } else if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exit.nothingWrong : exit.usage;
  } else {
    console.error('nlb-auditor: this is a bug, please report it with the lines below');
    console.error(error);
    process.exitCode = exit.bug;
  }
}

function positive(text: string): number {
  const number = Number(text);
  if (number > 0) return number;
  throw new InvalidArgumentError('give a number above 0, for example 5.');
}
