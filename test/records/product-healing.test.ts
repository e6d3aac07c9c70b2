import { expect, test } from 'vitest';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { conclude } from '../../core/diagnosis/conclusion.ts';
import type { Facts } from '../../core/model/facts.ts';
import { binding, controllerWith } from '../checks/controller-case.ts';
import { event, fail, instanceId, sampleFacts } from '../core/sample-facts.ts';
import { healing } from './record.ts';

const removal = 'annotate targetgroupbinding k8s-shop-web-0123456789 elbv2.k8s.aws/checkpoint-';

/** The instance group of the sample, whose controller has just reported success. */
function content(): Facts {
  const facts = sampleFacts();
  const asked = {
    networking: {
      ingress: [{ from: [{ groupId: 'sg-0000000000000000b' }], ports: [{ port: 31080, protocol: 'TCP' as const }] }],
    },
  };
  facts.slices.targetGroupBindings = [binding({ targetType: 'instance', ...asked })];
  facts.slices.workloads.push(controllerWith('--cluster-name=shop'));
  facts.slices.events = [
    { ...event('Service', 'web', 'SuccessfullyReconciled', 'Successfully reconciled'), type: 'Normal' },
  ];
  return facts;
}

const fixesOf = (facts: Facts): string => JSON.stringify(conclude(facts, { checks: catalogue }).diagnoses);

test('nothing but the removal of the checkpoint brought target and rule back', () => {
  const targets = (step: string) => healing.get(step)?.targets;
  expect(targets('4-controller-restarted')).toBeLessThan(targets('5-checkpoint-annotation-removed') ?? 0);
  expect(healing.get('2-annotate-service')?.shared).toEqual([]);
  expect(healing.get('5-checkpoint-annotation-removed')?.shared).toHaveLength(1);
});

test('for a deregistered target the product proposes that removal', () => {
  const facts = content();
  facts.slices.targetHealth = facts.slices.targetHealth.filter(({ id }) => id !== instanceId(0));
  expect(fixesOf(facts)).toContain(removal);
});

test('for a revoked rule the product proposes that removal', () => {
  const facts = content();
  for (const group of facts.slices.securityGroups) if (group.name === 'nodes') group.rules = [];
  fail(facts.slices.targetHealth);
  expect(fixesOf(facts)).toContain(removal);
});
