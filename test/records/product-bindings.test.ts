import { describe, test } from 'vitest';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { conclude } from '../../core/diagnosis/conclusion.ts';
import { binding, ip } from '../checks/controller-case.ts';
import { event } from '../core/sample-facts.ts';
import { holds } from './known-differences.ts';
import { admitted, complaintsOf } from './own-bindings.ts';

/** Checks that say why a binding fills no group. */
const takers = ['tgb-backend-reference-broken', 'controller-build-or-deploy-failed', 'nodeport-not-allocated'];

describe.each(admitted)('%s', (name, record) => {
  test('the product says what keeps the binding empty, and nothing of one that is served', () => {
    const facts = ip();
    const own = binding({
      serviceRef: { ...record.spec.serviceRef, ...(record.spec.serviceRef.name === 'nope' && { name: 'nope' }) },
      ...(record.spec.targetType && { targetType: record.spec.targetType }),
    });
    own.metadata.labels = {};
    facts.slices.targetGroupBindings = [own];
    const [group] = facts.slices.targetGroups;
    if (group !== undefined && record.spec.targetType !== undefined) group.targetType = record.spec.targetType;
    for (const { spec } of facts.slices.services) {
      spec.type = 'ClusterIP';
      for (const port of spec.ports) delete port.nodePort;
    }
    const { service = '', ...owner } = facts.owners[0] ?? {};
    facts.owners = [
      { ...owner, service: record.spec.serviceRef.name, by: 'target-group-binding' } as (typeof facts.owners)[number],
    ];
    facts.slices.events = record.events.map(({ type, reason, message }, index) => ({
      ...event('TargetGroupBinding', own.metadata.name, reason, message.replace('d-own/web', `shop/${service}`)),
      type,
      lastSeen: `2026-11-20T11:5${index}:00Z`,
    }));
    const isServed = complaintsOf(record).length === 0;
    if (!isServed) facts.slices.targetHealth = [];
    const causes = conclude(facts, { checks: catalogue }).diagnoses.map(({ cause }) => cause ?? 'unexplained');
    holds(
      { side: 'product', record: `lbc-3.5.0-bindings/${name}`, aspect: 'diagnosis' },
      causes.some((cause) => takers.includes(cause)),
      !isServed,
    );
  });
});
