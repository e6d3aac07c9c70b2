import { expect, test } from 'vitest';
import type { Finding } from '../../../core/model/finding.ts';
import { inhibitorsOf } from '../../../core/notification/inhibition.ts';
import { emptyMemory } from '../../../core/notification/memory.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { defaultRules } from '../../io/store/audit-once.ts';
import { diagnosisOf, groupArn, reportAt } from '../sample-report.ts';

/** A node that is down, and Services of which each has a target there and one elsewhere or not. */
function findingsOf(services: number): Finding[] {
  const target = (id: string) => ({ id, port: 31080, state: 'unhealthy', reason: null });
  const nodes = Array.from({ length: services / 10 }, (_, index) =>
    diagnosisOf({
      cause: 'node-not-ready',
      service: `all-${index}`,
      fingerprint: `node-${index}`,
      targetGroupArn: groupArn(`all-${index}`),
      targets: [target(`i-${index}`)],
    }),
  );
  const others = Array.from({ length: services }, (_, index) =>
    diagnosisOf({
      service: `web-${index}`,
      fingerprint: `web-${index}`,
      targetGroupArn: groupArn(`web-${index}`),
      targets: [target(`i-${index % nodes.length}`), ...(index % 2 === 0 ? [] : [target('i-elsewhere')])],
    }),
  );
  return reconcileState(emptyMemory(), reportAt('2026-11-20T12:00:00Z', [...nodes, ...others]), defaultRules).memory
    .findings;
}

test('what fails only on a node that is down follows from the node, what fails elsewhere too does not', () => {
  const findings = findingsOf(20);
  const inhibitorOf = inhibitorsOf(findings);
  const of = (fingerprint: string) => {
    const finding = findings.find((each) => each.fingerprint === fingerprint);
    return finding && inhibitorOf(finding)?.fingerprint;
  };
  expect([of('web-0'), of('web-1'), of('web-2'), of('node-0')]).toEqual(['node-0', undefined, 'node-0', undefined]);
});

test('twice the findings cost twice the work', () => {
  const work = (services: number): number => {
    let reads = 0;
    const counted = findingsOf(services).map(
      (finding) =>
        new Proxy(finding, {
          get: (of, field) => {
            if (field === 'diagnoses') reads += 1;
            return Reflect.get(of, field);
          },
        }),
    );
    const inhibitorOf = inhibitorsOf(counted);
    for (const finding of counted) inhibitorOf(finding);
    return reads;
  };
  expect(work(400) / work(200)).toBeLessThan(2.3);
});
