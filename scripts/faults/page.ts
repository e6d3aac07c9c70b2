import { faults } from './faults.ts';
import { bounds } from './invariants.ts';
import { matrix } from './matrix.ts';
import type { Verdict } from './stage.ts';

/** docs/reliability.md: what was broken in which way, and what the audit made of it. */
export function renderReliability(verdicts: Verdict[]): string {
  const broken = verdicts.filter(({ violations }) => violations.length > 0);
  const longest = Math.round(Math.max(0, ...verdicts.map(({ ms }) => ms)) / 1000);
  const most = Math.max(0, ...verdicts.map(({ peakMb }) => peakMb));
  const byCall = Map.groupBy(verdicts, ({ call }) => call);
  return [
    '# Reliability',
    '',
    'Written by `npm run faults -- --write`: a proxy between the audit and the lab breaks one call after the other, in every way. The',
    'calls come from the lists that roles and RBAC are made of. The audit must end in time, hold no more than',
    `${bounds.mostMb} MB, throw nothing but what is to be set right on this machine, name each loss with a remedy, report nothing that is not so,`,
    'open nothing and resolve nothing, and lose nothing where one more try is enough.',
    '',
    `Of the ${matrix().length} cases of the matrix ${verdicts.length} were run, ${verdicts.length - broken.length} survived, ${broken.length} did not. The longest audit took ${longest} s of its 15, and the largest held ${most} MB more than`,
    'before it. A case that a busy machine was too late for, so that calls without a fault ran out of time, is repeated at most twice.',
    '',
    '| fault | what happens |',
    '| --- | --- |',
    ...faults.map(({ id, says }) => `| ${id} | ${says} |`),
    '',
    `| call | ${faults.map(({ id }) => id).join(' | ')} |`,
    `| --- |${faults.map(() => ' --- |').join('')}`,
    ...[...byCall].map(([call, of]) => `| ${call} | ${faults.map(({ id }) => say(of, id)).join(' | ')} |`),
    '',
    ...broken.map(({ call, fault, violations }) => `- **${call}, ${fault}**: ${violations.join('; ')}`),
  ].join('\n');
}

function say(verdicts: Verdict[], fault: string): string {
  const verdict = verdicts.find((each) => each.fault === fault);
  if (verdict === undefined) return '–';
  return verdict.violations.length > 0 ? '**broken**' : verdict.outcome;
}
