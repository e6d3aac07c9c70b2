import { describe, expect, test } from 'vitest';
import { invalidHealthCheckAnnotations } from '../../core/controllers/annotations.ts';
import { deviations, expectedHealthCheck, withSettings } from '../../core/controllers/expected-health-check.ts';
import type { HealthCheck } from '../../core/model/aws.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { changeOf, compared, isOfRecorder } from './cloud-provider-change.ts';
import { factsOf } from './facts-of-record.ts';
import { holds } from './known-differences.ts';
import { cloudProviderChanges } from './record.ts';

type Row = (typeof cloudProviderChanges)[number][1]['before'][number];

const healthCheckOf = ([, row]: Row): HealthCheck => {
  const [protocol, port, path, intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold, codes] = row;
  const isTcp = protocol === 'TCP';
  return {
    protocol,
    port,
    intervalSeconds,
    timeoutSeconds,
    healthyThreshold,
    unhealthyThreshold,
    ...(!isTcp && { path, successCodes: codes }),
  } as HealthCheck;
};

function groupIn(facts: Facts, row: Row | undefined) {
  const [targetGroup] = facts.slices.targetGroups;
  if (targetGroup === undefined || row === undefined) throw new Error('no target group in the record');
  targetGroup.healthCheck = healthCheckOf(row);
  const [group] = groupsOf(facts);
  const [service] = facts.slices.services;
  if (group === undefined || service === undefined) throw new Error('no group or Service in the record');
  return { group, service };
}

describe.each(cloudProviderChanges)('%s', (name, record) => {
  const { scene, changed } = changeOf(name, record);
  const refused = record.events.some((event) => !isOfRecorder(event));
  const ask = (aspect: string) => ({ side: 'product' as const, record: `ccm-1.36.2-changes/${name}`, aspect });

  test.skipIf(refused)('the product foresees what cloud-provider-aws makes of the change', () => {
    const facts = factsOf({ ...scene, annotations: changed });
    const { group, service } = groupIn(facts, record.before[0]);
    const settings = expectedHealthCheck(group, service, facts.slices).filter(({ supported }) => supported);
    const [row] = record.after;
    holds(ask('health check'), compared(withSettings(group, settings)), row && compared(healthCheckOf(row)));
  });

  // What a value that stops the controller holds up is no drift either, but a check of its own sees to that.
  test.skipIf(refused && typeof record.change !== 'string')(
    'what cloud-provider-aws left as it is counts as no drift',
    () => {
      const facts = factsOf({ ...scene, annotations: changed });
      const { group, service } = groupIn(facts, record.after[0]);
      const settings = expectedHealthCheck(group, service, facts.slices).filter(({ supported }) => supported);
      const drift = deviations(settings, group).map(({ name: setting }) => setting);
      // Under a name that exists it cannot make the group again, whose interval was changed by hand.
      holds(ask('drift'), drift, name === 'ranges' ? ['intervalSeconds'] : []);
    },
  );

  test.runIf(refused && typeof record.change !== 'string')(
    'a value that stops the controller counts as invalid',
    () => {
      const facts = factsOf({ ...scene, annotations: changed });
      const { group, service } = groupIn(facts, record.before[0]);
      expect(invalidHealthCheckAnnotations(service, group)).not.toEqual([]);
    },
  );
});
