import { describe, expect, test } from 'vitest';
import { deviations, expectedHealthCheck, withSettings } from '../../core/controllers/expected-health-check.ts';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { conclude } from '../../core/diagnosis/conclusion.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf, type TargetGroupContext } from '../../core/model/target-group-context.ts';
import { factsOf, healthCheckOf } from './facts-of-record.ts';
import { holds } from './known-differences.ts';
import { changes } from './record.ts';
import { refusalIn, sceneOfChange, withoutEvents } from './scenes.ts';

/** Checks that say: the controller does not do what the Service asks for. */
const held = [
  'hc-annotation-invalid',
  'hc-named-port-unresolvable',
  'controller-build-or-deploy-failed',
  'subnet-discovery-failed',
  'hc-live-config-drift',
  'ready-endpoints-not-registered',
];
/** What a Service names and AWS does not have: nothing in the Service shows it. */
const needsAws = /subnets|SetSubnets|security groups|timed out waiting|QUIC upgrade/;

const heldBy = (facts: Facts): string[] =>
  conclude(facts, { checks: catalogue })
    .diagnoses.map(({ cause }) => cause ?? 'unexplained')
    .filter((cause) => held.includes(cause));

const onlyGroup = (facts: Facts): TargetGroupContext => {
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('no target group in the record');
  return group;
};

describe.each(changes)('%s', (name, record) => {
  const refusal = refusalIn(record.events);
  const after = factsOf(sceneOfChange(name, record, 'after'));
  const ask = (aspect: string) => ({ side: 'product' as const, record: `lbc-3.5.0-changes/${name}`, aspect });

  test('the owner is the Service of the record', () => {
    const { namespace, service, servicePort, controller } = onlyGroup(after).owner ?? {};
    holds(
      ask('owner'),
      [namespace, service, servicePort, controller],
      [`a-${name}`, name, '80', 'aws-load-balancer-controller'],
    );
  });

  test.skipIf(refusal !== undefined)('the expected health check is the one that the controller made', () => {
    const group = onlyGroup(
      factsOf(sceneOfChange(name, record, record.before.targetGroups.length > 0 ? 'before' : 'after')),
    );
    const [service] = after.slices.services;
    if (service === undefined) throw new Error('no Service in the record');
    const settings = expectedHealthCheck(group, service, after.slices).filter(({ supported }) => supported);
    const expected = Object.fromEntries(Object.entries(withSettings(group, settings)));
    if (expected['protocol'] === 'TCP') for (const each of ['path', 'successCodes']) delete expected[each];
    const [made] = record.after.targetGroups;
    holds(ask('health check'), expected, made && healthCheckOf(made.healthCheck));
    expect(
      deviations(expectedHealthCheck(onlyGroup(after), service, after.slices), onlyGroup(after)).filter(
        ({ supported }) => supported,
      ),
    ).toEqual([]);
  });

  test('annotations for Ingresses count as ignored, all others as honoured', () => {
    const [service] = after.slices.services;
    const unsupported = service
      ? expectedHealthCheck(onlyGroup(after), service, after.slices).filter(({ supported }) => !supported)
      : [];
    const foreign = Object.keys(record.annotations).filter((each) => each.startsWith('alb.ingress.kubernetes.io/'));
    holds(
      ask('ignored'),
      unsupported.map(({ annotation }) => annotation),
      foreign,
    );
  });

  test(`the product ${refusal === undefined ? 'finds nothing held up' : 'sees what holds the controller up'}`, () => {
    holds(ask('held up'), heldBy(after).length > 0, refusal !== undefined);
  });

  test.skipIf(refusal !== undefined && needsAws.test(refusal.message))(
    'and so it does once the events have gone',
    () => {
      const later = factsOf(withoutEvents(sceneOfChange(name, record, 'after')));
      holds(ask('held up without events'), heldBy(later).length > 0, refusal !== undefined);
    },
  );
});
