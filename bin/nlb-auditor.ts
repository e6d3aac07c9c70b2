#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { UserError } from '../io/user-error.ts';
import { audit } from './audit.ts';
import { checks, explain } from './catalogue.ts';
import { doctor } from './doctor.ts';
import { examineFile } from './examine.ts';
import { exit } from './exit.ts';
import { lab } from './lab.ts';

const output = new Option('-o, --output <format>', 'form of the report').choices(['text', 'json']).default('text');

const program = new Command('nlb-auditor')
  .description('Names the cause of every unhealthy Network Load Balancer target of your EKS clusters')
  .exitOverride()
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
  .option('--save-facts <file>', 'write everything observed to a file')
  .option('-v, --verbose', 'show all evidence and what was ruled out', false)
  .addOption(output)
  .action(audit);

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
  .description('try every read that an audit needs and tell what to grant')
  .option('-r, --region <region>', "Region; default: the AWS SDK's own")
  .option('-p, --profile <profile>', 'profile of the shared AWS configuration')
  .action(doctor);

program
  .command('lab')
  .argument('[id]', 'scenario; default: an account with two clusters and many faults')
  .description('serve a small AWS and Kubernetes on this machine until interrupted')
  .action(lab);

try {
  await program.parseAsync();
} catch (error) {
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
