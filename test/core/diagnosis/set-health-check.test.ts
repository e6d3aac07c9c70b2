import { expect, test } from 'vitest';
import { hcHttpOnNonHttpServer } from '../../../core/checks/answer/hc-http-on-non-http-server.ts';
import { hcPathWrongStatus } from '../../../core/checks/answer/hc-path-wrong-status.ts';
import { hcSuccessCodesMismatch } from '../../../core/checks/answer/hc-success-codes-mismatch.ts';
import { hcThresholdsTooTight } from '../../../core/checks/answer/hc-thresholds-too-tight.ts';
import { hcTimeoutTooShort } from '../../../core/checks/answer/hc-timeout-too-short.ts';
import { hcTcpOverrideUnderLocal } from '../../../core/checks/configuration/hc-tcp-override-under-local.ts';
import { hcUdpWithoutTcpResponder } from '../../../core/checks/configuration/hc-udp-without-tcp-responder.ts';
import type { Check } from '../../../core/diagnosis/check.ts';
import { fill, surroundings } from '../../../core/diagnosis/fix/remediation.ts';
import { fitted } from '../../../core/diagnosis/fix/set-health-check.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Controller } from '../../../core/model/owner.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { sampleFacts } from '../sample-facts.ts';

/** The first step of the check's fix that changes something, filled for the sample's target group. */
function firstStep({ fix }: Check, change: (facts: Facts) => void) {
  const facts = sampleFacts({ targetType: 'ip' });
  change(facts);
  const [group] = groupsOf(facts);
  const step = fix.find(({ change: changes }) => changes !== undefined);
  if (group === undefined || step === undefined) throw new Error('nothing to fit');
  return fill(fitted(step, group, facts), {
    ...surroundings(group, facts),
    path: '/ready',
    port: 9090,
    codes: '200-399,401',
    threshold: 5,
    timeout: 8,
    interval: 10,
  });
}
const ownedBy = (controller: Controller) => (facts: Facts) => {
  for (const owner of facts.owners) owner.controller = controller;
};
const bound = (facts: Facts) => {
  for (const owner of facts.owners) owner.by = 'target-group-binding';
};
const unread = (facts: Facts) => {
  facts.slices.services = [];
};
const byNobody = (facts: Facts) => {
  facts.owners = [];
};

test.each([
  ['the AWS Load Balancer Controller', hcPathWrongStatus, ownedBy('aws-load-balancer-controller'), 'path=/ready'],
  ['cloud-provider-aws', hcPathWrongStatus, ownedBy('cloud-provider-aws'), 'path=/ready'],
  ['EKS Auto Mode', hcPathWrongStatus, ownedBy('eks-auto-mode'), 'path=/ready'],
  ['the AWS Load Balancer Controller', hcHttpOnNonHttpServer, ownedBy('aws-load-balancer-controller'), 'protocol=TCP'],
  ['a Service that could not be read', hcPathWrongStatus, unread, 'path=/ready'],
])('%s is asked by annotation', (_, check, change, end) => {
  const { command, danger } = firstStep(check, change);
  expect(command).toMatch(/^kubectl .* annotate service /);
  expect(command).toContain(`service.beta.kubernetes.io/aws-load-balancer-healthcheck-${end}`);
  expect(danger).toBe(check.fix.find((step) => step.change !== undefined)?.danger);
});

test.each([
  ['cloud-provider-aws', hcHttpOnNonHttpServer, ownedBy('cloud-provider-aws'), true],
  ['the AWS Load Balancer Controller', hcHttpOnNonHttpServer, ownedBy('aws-load-balancer-controller'), false],
  ['EKS Auto Mode', hcHttpOnNonHttpServer, ownedBy('eks-auto-mode'), false],
  ['cloud-provider-aws, which changes a path in place', hcPathWrongStatus, ownedBy('cloud-provider-aws'), false],
])('another protocol brings a new target group only with %s', (_, check, change, isNew) => {
  expect(firstStep(check, change).danger?.includes('a new target group') ?? false).toBe(isNew);
});

test.each([
  ['made by hand and bound', hcPathWrongStatus, bound, '--health-check-path /ready'],
  ['of a Gateway', hcPathWrongStatus, ownedBy('aws-load-balancer-controller-gateway'), '--health-check-path /ready'],
  [
    'of a Gateway, of which no Service could be read',
    hcPathWrongStatus,
    (facts: Facts) => {
      ownedBy('aws-load-balancer-controller-gateway')(facts);
      unread(facts);
    },
    '--health-check-path /ready',
  ],
  ['made by hand, that speaks gRPC', hcHttpOnNonHttpServer, bound, '--health-check-protocol TCP'],
  [
    'of a Gateway, for UDP',
    hcUdpWithoutTcpResponder,
    ownedBy('aws-load-balancer-controller-gateway'),
    '--health-check-port 9090',
  ],
  [
    'of a Gateway, that asks kube-proxy',
    hcTcpOverrideUnderLocal,
    ownedBy('aws-load-balancer-controller-gateway'),
    '--health-check-protocol HTTP --health-check-path /healthz',
  ],
  ['of no Service', hcPathWrongStatus, byNobody, '--health-check-path /ready'],
  [
    'whose success codes cloud-provider-aws does not know',
    hcSuccessCodesMismatch,
    ownedBy('cloud-provider-aws'),
    `--matcher 'HttpCode="200-399,401"'`,
  ],
  [
    'whose time-out cloud-provider-aws does not send',
    hcTimeoutTooShort,
    ownedBy('cloud-provider-aws'),
    '--health-check-timeout-seconds 8 --health-check-interval-seconds 10',
  ],
  [
    'whose unhealthy threshold cloud-provider-aws does not send by itself',
    hcThresholdsTooTight,
    ownedBy('cloud-provider-aws'),
    '--unhealthy-threshold-count 5',
  ],
])('a target group %s is set itself', (whose, check, change, end) => {
  const { command, danger } = firstStep(check, change);
  expect(command).toMatch(/^aws elbv2 modify-target-group /);
  expect(command).toContain(end);
  // For a Gateway its form stands beside the command, and says what undoes that.
  expect(danger?.includes('may set it back')).toBe(!whose.startsWith('of a Gateway'));
});
