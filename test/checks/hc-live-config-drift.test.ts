import { expect, test } from 'vitest';
import { hcLiveConfigDrift } from '../../core/checks/configuration/hc-live-config-drift.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { metadata, probe, sampleFacts } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';
import { annotateHealthCheck, bothPods, changeHealthCheck, failingHttp } from './http-check.ts';

const answers = (live: number, expected: number) => (facts: Facts) => {
  probe(facts, 'health-check', { kind: 'http', status: live }, { path: '/status' });
  probe(facts, 'expected-check', { kind: 'http', status: expected }, { path: '/' });
};
const drifted = (change: (facts: Facts) => void) =>
  failingHttp((facts) => {
    changeHealthCheck(facts, { path: '/status' });
    change(facts);
  });
const event = (facts: Facts, reason: string, minutesAgo: number) => {
  const seen = new Date(Date.parse(facts.takenAt) - minutesAgo * 60_000).toISOString();
  facts.slices.events.push({
    namespace: 'shop',
    regarding: { kind: 'Service', name: 'web', namespace: 'shop' },
    type: 'Normal',
    reason,
    note: reason,
    count: 1,
    firstSeen: seen,
    lastSeen: seen,
  });
};

/** The group of a route of the Gateway API, and what a TargetGroupConfiguration at the Service asks for. */
const behindGateway = (asked: string) =>
  drifted((facts) => {
    for (const owner of facts.owners) owner.controller = 'aws-load-balancer-controller-gateway';
    for (const group of facts.slices.targetGroups) {
      group.tags['gateway.k8s.aws.nlb/stack'] = 'infra/edge';
      group.tags['gateway.k8s.aws.nlb/resource'] = 'infra/edge:shop-web:TCPRoute-shop-web:8080';
      const { path: _, ...healthCheck } = group.healthCheck;
      facts.slices.gatewayConfigurations = [
        {
          kind: 'TargetGroupConfiguration',
          metadata: metadata('checks', 'shop'),
          spec: {
            target: { kind: 'Service', name: 'web' },
            defaults: { healthCheck: { ...healthCheck, path: asked } },
            routes: [],
          },
        },
      ];
    }
    answers(404, 200)(facts);
  });

testCheck(hcLiveConfigDrift, {
  found: [
    {
      name: 'a path changed in AWS behind a Gateway, while a TargetGroupConfiguration asks for another one',
      facts: behindGateway('/'),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'the target group has path /status (HTTP 404); TargetGroupConfiguration shop/checks asks for path / (HTTP 200)',
      values: { gateway: 'edge', gatewayNamespace: 'infra' },
    },
    {
      name: 'a path changed in AWS, while the one asked for answers well',
      facts: drifted(answers(404, 200)),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'the target group has path /status (HTTP 404); the Service asks for path / (HTTP 200)',
    },
    {
      name: 'several settings changed in AWS, which are all to be set back',
      facts: drifted((facts) => {
        changeHealthCheck(facts, { successCodes: '202' });
        annotateHealthCheck(facts, { 'success-codes': '200,204' });
        answers(404, 200)(facts);
      }),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'the target group has path /status, successCodes 202 (HTTP 404)',
      values: { settings: ['--health-check-path', '/', '--matcher', 'HttpCode="200,204"'] },
    },
    {
      name: 'the same where events could not be read, so that a failing controller would not be seen',
      facts: drifted((facts) => {
        answers(404, 200)(facts);
        facts.gaps.push({
          slice: 'events',
          scope: { kind: 'all' },
          reason: 'denied',
          action: 'list events',
          message: 'refused',
          remedy: 'grant it',
        });
      }),
      targets: bothPods,
      confidence: 'probable',
      saw: 'path /status',
    },
    {
      name: 'a failure that the controller has got over since',
      facts: drifted((facts) => {
        answers(404, 200)(facts);
        event(facts, 'FailedDeployModel', 20);
        event(facts, 'SuccessfullyReconciled', 10);
      }),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'path /status',
    },
    {
      name: 'a time-out changed in AWS, which the answer exceeds',
      facts: failingHttp((facts) => {
        changeHealthCheck(facts, { timeoutSeconds: 2 });
        probe(facts, 'health-check', { kind: 'http', status: 200 }, { totalMs: 3500 });
      }),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'the target group has timeoutSeconds 2 (HTTP 200); the Service asks for timeoutSeconds 6',
    },
    {
      name: 'thresholds changed in AWS, on targets that stumble',
      facts: failingHttp((facts) => {
        changeHealthCheck(facts, { unhealthyThreshold: 2, intervalSeconds: 5 });
        for (let attempt = 0; attempt < 20; attempt += 1) {
          probe(facts, 'health-check', { kind: 'http', status: attempt % 3 === 0 ? 503 : 200 });
        }
      }),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'intervalSeconds 5, unhealthyThreshold 2',
    },
    {
      name: 'an interval changed by hand under cloud-provider-aws, which would create the same group again',
      facts: failingHttp((facts) => {
        for (const owner of facts.owners) owner.controller = 'cloud-provider-aws';
        changeHealthCheck(facts, { intervalSeconds: 5, unhealthyThreshold: 2 });
        annotateHealthCheck(facts, { interval: '20', 'healthy-threshold': '3', 'unhealthy-threshold': '8' });
        for (let attempt = 0; attempt < 20; attempt += 1) {
          probe(facts, 'health-check', { kind: 'http', status: attempt % 3 === 0 ? 503 : 200 });
        }
      }),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'intervalSeconds 5',
      values: { byHandFirst: 'k8s-shop-web-0123456789' },
    },
    {
      name: 'a port written with a leading zero, which is the same port',
      facts: drifted((facts) => {
        annotateHealthCheck(facts, { port: '08080' });
        answers(404, 200)(facts);
      }),
      targets: bothPods,
      confidence: 'confirmed',
      saw: /^the target group has path \/status \(HTTP 404\); the Service asks for path \/ \(HTTP 200\)/,
      values: { compare: 'k8s-shop-web-0123456789' },
    },
    {
      name: 'a health check of Auto Mode, whose ways are less well known',
      facts: drifted((facts) => {
        for (const owner of facts.owners) owner.controller = 'eks-auto-mode';
        answers(404, 200)(facts);
      }),
      targets: bothPods,
      confidence: 'probable',
      saw: 'path /status',
    },
  ],
  ruledOut: [
    { name: 'targets that fail the check asked for as well', facts: drifted(answers(404, 404)) },
    { name: 'targets that pass the live check, from here', facts: drifted(answers(200, 200)) },
    {
      name: 'a reconciliation that fails',
      facts: drifted((facts) => {
        answers(404, 200)(facts);
        event(facts, 'SuccessfullyReconciled', 20);
        event(facts, 'FailedDeployModel', 10);
      }),
    },
    {
      name: 'an invalid annotation that holds the controller up',
      facts: drifted((facts) => {
        answers(404, 200)(facts);
        annotateHealthCheck(facts, { interval: '10s' });
      }),
    },
    {
      name: 'a setting that the controller never sends',
      facts: failingHttp((facts) => {
        for (const owner of facts.owners) owner.controller = 'cloud-provider-aws';
        changeHealthCheck(facts, { intervalSeconds: 30, timeoutSeconds: 2 });
        probe(facts, 'health-check', { kind: 'http', status: 200 }, { totalMs: 3500 });
      }),
    },
    {
      name: 'a target group behind a Gateway that is as its TargetGroupConfiguration asks',
      facts: behindGateway('/status'),
    },
    {
      name: 'a target group of the Gateway API whose tags name no route',
      facts: drifted((facts) => {
        for (const owner of facts.owners) owner.controller = 'aws-load-balancer-controller-gateway';
        answers(404, 200)(facts);
      }),
    },
    {
      name: 'the traffic port by its number',
      facts: () => {
        const facts = sampleFacts({ targetType: 'ip' });
        changeHealthCheck(facts, { port: '8080' });
        for (const target of facts.slices.targetHealth) target.state = 'unhealthy';
        probe(facts, 'health-check', { kind: 'refused' });
        probe(facts, 'expected-check', { kind: 'open' });
        return facts;
      },
    },
  ],
});

test('behind a Gateway nothing is ruled out where its configurations could not be read, and the gap names what to grant', () => {
  const facts = behindGateway('/')();
  facts.slices.gatewayConfigurations = [];
  facts.gaps.push({
    slice: 'gatewayConfigurations',
    scope: { kind: 'all' },
    reason: 'denied',
    action: 'list targetgroupconfigurations.gateway.k8s.aws',
    message: 'refused',
    remedy: 'grant it',
  });
  const [result] = groupsOf(facts).flatMap((group) => examine(group, facts, [hcLiveConfigDrift]));
  expect(result).toMatchObject({ outcome: 'unknown', gaps: [{ slice: 'gatewayConfigurations' }] });
});
