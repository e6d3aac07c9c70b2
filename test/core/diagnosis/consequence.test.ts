import { describe, expect, test } from 'vitest';
import { assess } from '../../../core/diagnosis/assess.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Severity } from '../../../core/model/severity.ts';
import { failingHttp } from '../../checks/http-check.ts';
import { run } from '../render/crash-report.ts';
import { probe, takenAt, waiting } from '../sample-facts.ts';

/** Verdicts and severities of the sample with these targets answering 429 to an HTTP check: a fault of severity high. */
function severitiesOf(
  failing: string[],
  { checks = {}, change = () => {} }: { checks?: Record<string, Severity>; change?: (facts: Facts) => void } = {},
) {
  const facts = failingHttp((made) => {
    for (const target of made.slices.targetHealth) if (!failing.includes(target.id)) target.state = 'healthy';
    for (const only of failing) probe(made, 'health-check', { kind: 'http', status: 429 }, { only });
    change(made);
  })();
  const { report } = assess(
    {
      run: { ...run, startedAt: takenAt, finishedAt: takenAt },
      inventory: { account: facts.account, region: facts.region, clusters: [{ name: 'shop' }] as never, gaps: [] },
      facts: [facts],
    },
    { checks },
  );
  return {
    served: report.groups.map(({ served }) => served),
    found: report.diagnoses.map(({ verdict, cause, severity }) => ({ verdict, cause, severity })),
  };
}

const all = ['10.0.0.100', '10.0.1.100'];
const unweighted = ({ slices }: Facts): void => {
  for (const listener of slices.listeners) listener.forwards = waiting(listener);
};

describe('how severe a diagnosis is', () => {
  test('is what its check says while another target of the group serves', () => {
    expect(severitiesOf(all.slice(0, 1))).toEqual({
      served: ['partly'],
      found: [{ verdict: 'unhealthy', cause: 'hc-success-codes-mismatch', severity: 'high' }],
    });
  });

  test('is critical where no target is healthy and a listener sends clients', () => {
    expect(severitiesOf(all)).toEqual({
      served: ['unserved'],
      found: [{ verdict: 'unhealthy', cause: 'hc-success-codes-mismatch', severity: 'critical' }],
    });
  });

  test('is what the configuration says, whatever comes of it', () => {
    expect(severitiesOf(all, { checks: { 'hc-success-codes-mismatch': 'low' } }).found).toMatchObject([
      { severity: 'low' },
    ]);
  });

  test('is what its check says where no listener sends clients', () => {
    expect(severitiesOf(all, { change: unweighted }).found.map(({ severity }) => severity)).not.toContain('critical');
  });
});
