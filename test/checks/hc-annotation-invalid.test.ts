import { hcAnnotationInvalid } from '../../core/checks/configuration/hc-annotation-invalid.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Controller } from '../../core/model/owner.ts';
import { event, fail, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { ownedBy } from './controller-case.ts';
import { annotateHealthCheck, changeHealthCheck } from './http-check.ts';

const stuckBehindInterval = (facts: Facts) => {
  annotateHealthCheck(facts, { interval: '3', port: '31081' });
  fail(facts.slices.targetHealth);
};
/** An interval that nobody can apply, and no rule for the load balancer. */
const withoutRule = (controller: Controller) =>
  ownedBy(
    given(sampleFacts, (facts) => {
      annotateHealthCheck(facts, { interval: '3' });
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
      facts: given(sampleFacts, stuckBehindInterval),
      targets: [],
      confidence: 'probable',
      saw: /healthcheck-interval: "3"; port stays traffic-port instead of 31081/,
    },
    {
      name: 'a change is stuck that the targets are seen to need',
      facts: given(sampleFacts, (facts) => {
        annotateHealthCheck(facts, { interval: '3', port: '31081' });
        fail(facts.slices.targetHealth);
        probe(facts, 'health-check', { kind: 'refused' });
        probe(facts, 'expected-check', { kind: 'open' });
      }),
      targets: [],
      confidence: 'probable',
      saw: 'port stays traffic-port instead of 31081',
    },
    {
      name: 'a path without its slash, which is not asked whether it would help',
      facts: given(sampleFacts, (facts) => {
        changeHealthCheck(facts, { protocol: 'HTTP', path: '/old', successCodes: '200-399' });
        annotateHealthCheck(facts, { protocol: 'http', path: 'ready', port: '31081' });
        fail(facts.slices.targetHealth);
      }),
      targets: [],
      confidence: 'probable',
      saw: /healthcheck-path: "ready"; port stays traffic-port instead of 31081$/,
    },
    {
      name: 'a Service of type NodePort that the AWS Load Balancer Controller serves by its annotations',
      facts: given(sampleFacts, (facts) => {
        stuckBehindInterval(facts);
        for (const { spec, metadata } of facts.slices.services) {
          spec.type = 'NodePort';
          metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-type'] = 'external';
          metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-nlb-target-type'] = 'instance';
        }
      }),
      targets: [],
      confidence: 'probable',
      saw: 'healthcheck-interval: "3"',
    },
    {
      name: 'the controller says so',
      facts: given(sampleFacts, (facts) => {
        annotateHealthCheck(facts, { 'unhealthy-threshold': 'three', 'healthy-threshold': '2' });
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
      name: 'an annotation that was taken away, so that the default would mend the targets',
      facts: given(sampleFacts, (facts) => {
        changeHealthCheck(facts, { port: '80' });
        for (const target of facts.slices.targetHealth) target.healthCheckPort = 80;
        annotateHealthCheck(facts, { interval: '3' });
        fail(facts.slices.targetHealth);
        probe(facts, 'health-check', { kind: 'refused' });
        probe(facts, 'expected-check', { kind: 'open' });
      }),
      targets: [],
      confidence: 'probable',
      saw: 'healthcheck-interval: "3"; port stays 80 instead of traffic-port',
    },
    {
      name: 'a time-out that is longer than the default interval, for an application that needs it',
      facts: given(sampleFacts, (facts) => {
        changeHealthCheck(facts, { protocol: 'HTTP', path: '/', successCodes: '200-399' });
        annotateHealthCheck(facts, { protocol: 'http', timeout: '20' });
        fail(facts.slices.targetHealth);
        probe(facts, 'health-check', { kind: 'http', status: 200 }, { totalMs: 12_000 });
      }),
      targets: [],
      confidence: 'probable',
      saw: 'healthcheck-timeout: "20"; timeoutSeconds stays 10 instead of 20',
    },
    {
      name: 'an interval that is shorter than the default time-out',
      facts: given(sampleFacts, (facts) => annotateHealthCheck(facts, { interval: '5' })),
      targets: [],
      confidence: 'probable',
      saw: 'healthcheck-interval: "5"',
    },
    {
      name: 'values that look right and are refused all the same',
      facts: given(sampleFacts, (facts) => {
        annotateHealthCheck(facts, { port: '31081' });
        fail(facts.slices.targetHealth);
        const note = 'Failed deploy model due to ValidationError: Health check path must be at most 1024 characters';
        facts.slices.events = [event('Service', 'web', 'FailedDeployModel', note)];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /port stays traffic-port instead of 31081; event FailedDeployModel/,
    },
    {
      name: 'an error about something else, which says nothing of the annotation',
      facts: given(sampleFacts, (facts) => {
        stuckBehindInterval(facts);
        facts.slices.events = [event('Service', 'web', 'FailedDeployModel', 'AccessDenied: not authorized')];
      }),
      targets: [],
      confidence: 'probable',
      saw: 'healthcheck-interval: "3"',
    },
    {
      name: 'an error that a success followed',
      facts: given(sampleFacts, (facts) => {
        stuckBehindInterval(facts);
        facts.slices.events = [
          { ...event('Service', 'web', 'FailedDeployModel', 'health check'), lastSeen: '2026-11-20T11:00:00Z' },
          event('Service', 'web', 'SuccessfullyReconciled', 'Successfully reconciled'),
        ];
      }),
      targets: [],
      confidence: 'probable',
      saw: 'healthcheck-interval: "3"',
    },
    {
      name: 'EKS Auto Mode, of which it is not documented that it reads the interval',
      facts: ownedBy(given(sampleFacts, stuckBehindInterval), 'eks-auto-mode'),
      targets: [],
      confidence: 'possible',
      saw: 'healthcheck-interval: "3"',
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
      facts: given(sampleFacts, (facts) => annotateHealthCheck(facts, { protocol: 'grpc' })),
      targets: [],
      confidence: 'probable',
      saw: 'grpc',
    },
  ],
  ruledOut: [
    {
      name: 'a path and codes that nobody reads with a TCP check',
      facts: given(sampleFacts, (facts) => {
        annotateHealthCheck(facts, { path: 'ready', 'success-codes': 'all', port: '31081' });
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'numbers with a plus or leading zeros, as Go reads them',
      facts: given(sampleFacts, (facts) => {
        annotateHealthCheck(facts, { port: '031081', interval: '+20', timeout: '+10' });
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'a rule that the AWS Load Balancer Controller writes all the same',
      facts: withoutRule('aws-load-balancer-controller'),
    },
    {
      name: 'an invalid value while the live settings are those asked for',
      facts: given(sampleFacts, (facts) => {
        annotateHealthCheck(facts, { interval: '3', port: 'traffic-port' });
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'a stuck change that would not mend the targets',
      facts: given(sampleFacts, (facts) => {
        annotateHealthCheck(facts, { interval: '3', port: '31081' });
        fail(facts.slices.targetHealth);
        probe(facts, 'health-check', { kind: 'refused' });
        probe(facts, 'expected-check', { kind: 'refused' });
      }),
    },
    {
      name: 'a time-out that cloud-provider-aws reads and never sends',
      facts: ownedBy(
        given(sampleFacts, (facts) => annotateHealthCheck(facts, { timeout: '150', interval: '10' })),
        'cloud-provider-aws',
      ),
    },
    {
      name: 'success codes, of which cloud-provider-aws knows nothing',
      facts: ownedBy(
        given(sampleFacts, (facts) => annotateHealthCheck(facts, { 'success-codes': 'any' })),
        'cloud-provider-aws',
      ),
    },
    {
      name: 'a target group made by hand, to which annotations mean nothing',
      facts: given(sampleFacts, (facts) => {
        for (const owner of facts.owners) owner.by = 'target-group-binding';
        annotateHealthCheck(facts, { interval: '3' });
      }),
    },
    {
      name: 'a target group of a Gateway, to which annotations of the Service mean nothing',
      facts: ownedBy(
        given(sampleFacts, (facts) => annotateHealthCheck(facts, { interval: '3' })),
        'aws-load-balancer-controller-gateway',
      ),
    },
    {
      name: 'a port by a name that cannot be resolved, which has a check of its own',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          for (const { spec } of facts.slices.services)
            spec.ports = [{ name: 'health', protocol: 'TCP', port: 80, targetPort: 'http', nodePort: 31080 }];
          annotateHealthCheck(facts, { port: 'health', path: '/ready', protocol: 'http' });
          fail(facts.slices.targetHealth);
          const note = "cannot use named healthCheckPort for IP TargetType when service's targetPort is a named port";
          facts.slices.events = [event('Service', 'web', 'FailedBuildModel', note)];
        },
      ),
    },
    {
      name: 'valid values',
      facts: given(sampleFacts, (facts) => {
        annotateHealthCheck(facts, { interval: '5', timeout: '2', protocol: 'HTTP', 'success-codes': '200-299,404' });
        fail(facts.slices.targetHealth);
      }),
    },
  ],
});
