import { type Call, nameOfCall, reads } from './calls.ts';
import { faults } from './faults.ts';
import { functionCalls } from './functions/calls.ts';
import { bounds } from './invariants.ts';
import { matrix } from './matrix.ts';
import { probeCalls } from './probes/calls.ts';
import type { Verdict } from './stage.ts';

/** docs/reliability.md: what was broken in which way, and what the audit made of it. */
export function renderReliability(verdicts: Verdict[]): string {
  const broken = verdicts.filter(({ violations }) => violations.length > 0);
  const longest = Math.round(Math.max(0, ...verdicts.map(({ ms }) => ms)) / 1000);
  const most = Math.max(0, ...verdicts.map(({ peakMb }) => peakMb));
  const names = faults.map(({ id }) => id);
  const table = (head: string, of: Call[]): string[] => [
    `| ${head} | ${names.join(' | ')} |`,
    `| --- |${names.map(() => ' --- |').join('')}`,
    ...of.map((call) => {
      const row = verdicts.filter((each) => each.call === nameOfCall(call));
      return `| ${nameOfCall(call)} | ${names.map((id) => outcomeIn(row, id)).join(' | ')} |`;
    }),
    '',
  ];
  const duplicates = verdicts.filter((each) => each.duplicates !== undefined);
  return [
    '# Reliability',
    '',
    'Written by `npm run faults -- --write`: a proxy between the product and the lab breaks one call after the other, in every way. The',
    'calls come from the lists that roles and RBAC are made of; a call that is made and has no row breaks its case.',
    '',
    `Of the ${matrix().length} cases of the matrix ${verdicts.length} were run, ${verdicts.length - broken.length} survived, ${broken.length} did not. The longest took ${longest} s, and the largest held ${most} MB more than`,
    'before it. A case that a busy machine was too late for, so that calls without a fault ran out of time, is repeated at most twice.',
    '',
    '| fault | what happens |',
    '| --- | --- |',
    ...faults.map(({ id, says }) => `| ${id} | ${says} |`),
    '',
    '## What an audit reads',
    '',
    `The audit must end in time, hold no more than ${bounds.mostMb} MB, throw nothing but what is to be set right on this machine, name each`,
    'loss with a remedy, report nothing that is not so, open nothing and resolve nothing, and lose nothing where one more try is enough.',
    '',
    ...table('call', reads),
    '## What functions write, send and invoke',
    '',
    'In the middle of the life of a deployment with every kind of channel – one incident is over, two are new – a call of one function goes',
    `wrong, then all goes right again. The function must end before Lambda ends it, hold no more than ${bounds.mostMb} MB, throw nothing but what`,
    'the service refused, log no credential, and still try every other write. In the end memory must be what it is without a fault, every',
    'channel must have every message and none that is not so, and channels that were not struck must have them at once and once.',
    '`fails` is a function that Lambda reports as failed, so that an alarm fires and it is invoked again. So many messages `twice`: a channel',
    `had them, and the fault kept that from being noted; ${duplicates.length} cases have such messages.`,
    '',
    ...table('function and call', functionCalls),
    '## What probes meet',
    '',
    'A probe ends in time, follows nothing, keeps no more than the head of an answer, and says what it met.',
    '',
    ...table('probe', probeCalls),
    '## What is parsed',
    '',
    '`npm run fuzz` gives a million hostile inputs to everything that reads what others wrote: texts, configurations, requests of Slack, items',
    'of the table, facts files, answers of AWS and of Kubernetes. No reader may throw, hang, or take more than two CPU seconds; in CI',
    'each single text has a thousand inputs and the whole line a hundred. It shows how many of them each reader took in a CPU second.',
    '',
    ...broken.map(({ call, fault, violations }) => `- **${call}, ${fault}**: ${violations.join('; ')}`),
  ].join('\n');
}

function outcomeIn(verdicts: Verdict[], fault: string): string {
  const verdict = verdicts.find((each) => each.fault === fault);
  if (verdict === undefined) return '–';
  return verdict.violations.length > 0 ? '**broken**' : verdict.outcome;
}
