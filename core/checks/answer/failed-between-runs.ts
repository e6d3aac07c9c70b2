import { check } from '../../diagnosis/check.ts';
import { type Spell, spellsOf, unhealthyMinutes } from '../../history/unhealthy-minutes.ts';
import { isAllHealthy } from '../../model/target-group-context.ts';

/** Minutes for which what is over is reported. */
const reported = 30;

export const failedBetweenRuns = check({
  id: 'failed-between-runs',
  kind: 'latent',
  ownerless: true,
  stage: 'answer',
  severity: 'low',
  title: 'Targets were unhealthy between two runs and have recovered',
  symptom: 'Clients saw errors for some minutes, and every target is healthy when someone looks.',
  why: `A fault of a few minutes, such as a restart of all pods, a short overload or a rule that was gone and came back, falls between two
audits. What caused it may come back.`,
  proof: `CloudWatch counts unhealthy targets (\`UnHealthyHostCount\`) in minutes of the last half hour, none in the minutes since, and every
target is healthy now.`,
  nearMisses: [
    'A spell that goes on is no matter of this check: the target is unhealthy, and its cause is looked for.',
    'Targets that are new count as `initial`, not as unhealthy.',
  ],
  decidedBy: 'what happened in these minutes: events and logs of the pods, deployments, changes in AWS',
  fix: [
    {
      text: 'See what happened in these minutes.',
      look: { kubectl: 'get events --sort-by .lastTimestamp', in: '{namespace}' },
    },
    {
      text: 'If that repeats, let the auditor run more often, so that a run meets the fault and names its cause.',
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html'],
  masks: [],
  needs: ['metrics'],
  applies: ({ targets }) => isAllHealthy(targets),

  run(group, { metrics }) {
    if (unhealthyMinutes(group, metrics).length === 0) return undefined;
    const now = Date.parse(group.takenAt);
    const recent = spellsOf(group, metrics).filter(({ to }) => to !== null && now - Date.parse(to) < reported * 60_000);
    if (recent.length === 0) return [];
    return [
      {
        saw: `CloudWatch counts unhealthy targets ${recent.map(inWords).join(', and ')}`,
        expected: 'targets that stay healthy',
        confidence: 'confirmed' as const,
        severity: 'medium' as const,
      },
    ];
  },
});

const clock = (moment: string): string => moment.slice(11, 16);

const stretch = ({ from, to }: Spell): string => `${clock(from)} to ${clock(to ?? from)} UTC`;

function inWords(spell: Spell): string {
  const minutes = (Date.parse(spell.to ?? spell.from) - Date.parse(spell.from)) / 60_000;
  return `from ${stretch(spell)} (${minutes} min), up to ${spell.most} in the counts of ${spell.zones.join(', ')}`;
}
