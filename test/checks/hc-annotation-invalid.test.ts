import { hcAnnotationInvalid } from '../../core/checks/hc-annotation-invalid.ts';
import type { Facts } from '../../core/facts.ts';
import type { Controller } from '../../core/owner.ts';
import { fail, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { ownedBy } from './controller-case.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-';
const annotate = (facts: Facts, annotations: Record<string, string>) => {
  for (const { metadata } of facts.slices.services) {
    for (const [name, value] of Object.entries(annotations)) metadata.annotations[prefix + name] = value;
  }
};

/** An interval that nobody can apply, and no rule for the load balancer. */
const withoutRule = (controller: Controller) =>
  ownedBy(
    given(sampleFacts, (facts) => {
      annotate(facts, { interval: '3' });
      for (const group of facts.slices.securityGroups) group.rules = [];
      fail(facts.slices.targetHealth);
      probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' });
    }),
    controller,
  );

testCheck(hcAnnotationInvalid, {
  found: [
    {
      name: 'a change is stuck behind an interval out of range',
      facts: given(sampleFacts, (facts) => {
        annotate(facts, { interval: '3', port: '31081' });
        fail(facts.slices.targetHealth);
      }),
      targets: [],
      confidence: 'probable',
      saw: /healthcheck-interval: "3"; port stays traffic-port instead of 31081/,
    },
    {
      name: 'a change is stuck that the targets are seen to need',
      facts: given(sampleFacts, (facts) => {
        annotate(facts, { interval: '3', port: '31081' });
        fail(facts.slices.targetHealth);
        probe(facts, 'health-check', { kind: 'refused' });
        probe(facts, 'expected-check', { kind: 'open' });
      }),
      targets: [],
      confidence: 'probable',
      saw: 'port stays traffic-port instead of 31081',
    },
    {
      name: 'the controller says so',
      facts: given(sampleFacts, (facts) => {
        annotate(facts, { 'unhealthy-threshold': 'three', 'healthy-threshold': '2' });
        fail(facts.slices.targetHealth);
        facts.slices.events = [
          {
            namespace: 'shop',
            regarding: { kind: 'Service', name: 'web', namespace: 'shop' },
            type: 'Warning',
            reason: 'FailedBuildModel',
            note: 'failed to parse int32 annotation',
            count: 5,
            firstSeen: facts.takenAt,
            lastSeen: facts.takenAt,
          },
        ];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'event FailedBuildModel',
    },
    {
      name: 'a rule that cloud-provider-aws does not come to write',
      facts: withoutRule('cloud-provider-aws'),
      targets: [],
      confidence: 'probable',
      saw: /healthcheck-interval: "3"; .* has no rule for TCP 31080/,
    },
    {
      name: 'a healthy group, as a risk',
      facts: given(sampleFacts, (facts) => annotate(facts, { protocol: 'grpc' })),
      targets: [],
      confidence: 'probable',
      saw: 'grpc',
    },
  ],
  ruledOut: [
    {
      name: 'a rule that the AWS Load Balancer Controller writes all the same',
      facts: withoutRule('aws-load-balancer-controller'),
    },
    {
      name: 'an invalid value while the live settings are those asked for',
      facts: given(sampleFacts, (facts) => {
        annotate(facts, { interval: '3', port: 'traffic-port' });
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'a stuck change that would not mend the targets',
      facts: given(sampleFacts, (facts) => {
        annotate(facts, { interval: '3', port: '31081' });
        fail(facts.slices.targetHealth);
        probe(facts, 'health-check', { kind: 'refused' });
        probe(facts, 'expected-check', { kind: 'refused' });
      }),
    },
    {
      name: 'valid values',
      facts: given(sampleFacts, (facts) => {
        annotate(facts, { interval: '5', timeout: '2', protocol: 'HTTP', 'success-codes': '200-299,404' });
        fail(facts.slices.targetHealth);
      }),
    },
  ],
});
