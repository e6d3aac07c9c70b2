import { describe, expect, test } from 'vitest';
import { bindingsOf, type ErrorCategory, reconcileErrorsOf } from '../../core/controllers/reconcile-errors.ts';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { conclude } from '../../core/diagnosis/conclusion.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { binding } from '../checks/controller-case.ts';
import { event, sampleFacts } from '../core/sample-facts.ts';
import { holds } from './known-differences.ts';
import { gateways, type RecordedEvent, refusals, services } from './record.ts';

/** The sample whose Service, Gateway and binding are those that the events are about; nothing is registered. */
function factsWith(events: RecordedEvent[], targetType: 'ip' | 'instance' = 'ip'): Facts {
  const facts = sampleFacts({ targetType });
  const { slices } = facts;
  slices.targetGroupBindings = [binding({})];
  slices.targetHealth = [];
  const [group] = slices.targetGroups;
  if (group !== undefined) group.tags = { 'gateway.k8s.aws.nlb/stack': 'shop/edge' };
  const nameOf: Record<string, string> = {
    Service: 'web',
    Gateway: 'edge',
    TargetGroupBinding: slices.targetGroupBindings[0]?.metadata.name ?? '',
  };
  slices.events = events.map(({ kind, type, reason, message, count }, index) => ({
    ...event(kind, nameOf[kind] ?? '', reason, message),
    type,
    count,
    lastSeen: `2026-11-20T11:${String(30 + index).padStart(2, '0')}:00Z`,
  }));
  if (events.some(({ kind }) => kind === 'Gateway'))
    for (const owner of facts.owners) owner.controller = 'aws-load-balancer-controller-gateway';
  return facts;
}

function kindsOf(facts: Facts): ErrorCategory[] {
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('the sample has a target group');
  expect(bindingsOf(group, facts.slices.targetGroupBindings)).toHaveLength(1);
  return reconcileErrorsOf(group, facts.slices.events, facts.slices.targetGroupBindings).map(
    ({ category }) => category,
  );
}

/** What a complaint is about, by the error of AWS in it. */
const kinds: [code: RegExp, category: ErrorCategory][] = [
  [/^(AccessDenied|UnauthorizedOperation|ExpiredToken)$/, 'iam'],
  [/^(Throttling|RequestLimitExceeded)$/, 'throttling'],
  [/^TooMany|LimitExceeded$/, 'quota'],
  [/Subnet/, 'subnets'],
  [/^InvalidTarget$/, 'refused-target'],
  [/^Duplicate/, 'name-taken'],
];

/** Checks that take a complaint of the controller up. */
const takers: Record<ErrorCategory, string[]> = {
  iam: ['controller-iam-denied'],
  throttling: ['controller-throttled'],
  quota: ['target-or-listener-quota', 'sg-rules-quota-exceeded', 'controller-build-or-deploy-failed'],
  subnets: ['subnet-discovery-failed'],
  'refused-target': ['controller-build-or-deploy-failed', 'target-not-supported-by-nlb'],
  'name-taken': ['controller-build-or-deploy-failed'],
  'health-check': ['controller-build-or-deploy-failed', 'hc-annotation-invalid'],
  other: ['controller-build-or-deploy-failed'],
  webhook: ['controller-webhook-unavailable'],
  'pod-eni': ['pod-eni-unresolvable'],
  'node-port': ['nodeport-not-allocated'],
  'security-group-tags': ['sg-cluster-tag-ambiguous'],
};

describe.each(refusals)('%s', (name, { fault, events }) => {
  const ask = (aspect: string) => ({ side: 'product' as const, record: `lbc-3.5.0-refusals/${name}`, aspect });
  const isComplaint = events.some(({ type }) => type === 'Warning');
  const category = kinds.find(([code]) => code.test(fault.code))?.[1];
  if (category === undefined) throw new Error(`no kind for ${fault.code}`);

  test('the complaint is of the kind of the error, and none where the controller did not notice', () => {
    holds(ask('complaint'), kindsOf(factsWith(events)), isComplaint ? [category] : []);
  });

  test.runIf(isComplaint)('the diagnosis of the empty target group is that complaint', () => {
    const [first] = conclude(factsWith(events), { checks: catalogue }).diagnoses;
    holds(ask('diagnosis'), takers[category].includes(first?.cause ?? 'unexplained'), true);
  });
});

describe.each(gateways)('Gateway %s', (name, { events }) => {
  test('what is refused behind a Gateway has a taker', () => {
    const isComplaint = events.some(({ type }) => type === 'Warning');
    const causes = conclude(factsWith(events), { checks: catalogue }).diagnoses.map(({ cause }) => cause);
    holds(
      { side: 'product', record: `lbc-3.5.0-gateways/${name}`, aspect: 'complaint' },
      causes.includes('controller-build-or-deploy-failed'),
      isComplaint,
    );
  });
});

describe.each(services.filter(({ record }) => record.events.some(({ type }) => type === 'Warning')))(
  '$id',
  ({
    id,
    record: {
      annotations,
      events,
      service: { spec },
    },
  }) => {
    test('what is refused has a taker', () => {
      const isInstance = annotations['service.beta.kubernetes.io/aws-load-balancer-nlb-target-type'] === 'instance';
      const facts = factsWith(events, isInstance ? 'instance' : 'ip');
      const [sample] = facts.slices.services;
      if (sample !== undefined) sample.metadata.annotations = { ...sample.metadata.annotations, ...annotations };
      if (sample !== undefined && spec.allocateLoadBalancerNodePorts === false) {
        sample.spec.allocateLoadBalancerNodePorts = false;
        for (const port of sample.spec.ports) delete port.nodePort;
      }
      const [complaint] = kindsOf(facts);
      // A health check that is refused keeps nobody from registering targets.
      if (complaint === 'health-check')
        facts.slices.targetHealth = sampleFacts({ targetType: isInstance ? 'instance' : 'ip' }).slices.targetHealth;
      const causes = conclude(facts, { checks: catalogue }).diagnoses.map(({ cause }) => cause);
      holds(
        { side: 'product', record: id, aspect: 'complaint' },
        complaint !== undefined && takers[complaint].some((taker) => causes.includes(taker)),
        true,
      );
    });
  },
);
