import { describe, expect, test } from 'vitest';
import { hcSettingNotHonouredByController } from '../../core/checks/configuration/hc-setting-not-honoured-by-controller.ts';
import { diagnose } from '../../core/diagnosis/diagnose.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Controller } from '../../core/model/owner.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { deployment, fail, instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { annotateHealthCheck, changeHealthCheck } from './http-check.ts';

/** An HTTP check of `/` as the controller makes it when it knows neither time-out nor success codes. */
const ownedBy = (controller: Controller, change: (facts: Facts) => void) =>
  given(sampleFacts, (facts) => {
    for (const owner of facts.owners) owner.controller = controller;
    const intervalSeconds = controller === 'cloud-provider-aws' ? 30 : 10;
    changeHealthCheck(facts, {
      protocol: 'HTTP',
      path: '/',
      successCodes: '200-399',
      timeoutSeconds: 6,
      intervalSeconds,
    });
    annotateHealthCheck(facts, { protocol: 'http', path: '/' });
    change(facts);
  });
const failing =
  (status: number, annotations: Record<string, string>, totalMs = 3) =>
  (facts: Facts): void => {
    annotateHealthCheck(facts, annotations);
    fail(facts.slices.targetHealth);
    probe(facts, 'health-check', { kind: 'http', status }, { totalMs });
  };
const runs = (facts: Facts, tag: string) => {
  const workload = deployment(2, { 'app.kubernetes.io/name': 'aws-load-balancer-controller' });
  const [pod] = facts.slices.pods;
  const [container] = pod?.spec.containers ?? [];
  if (container === undefined) throw new Error('no container');
  const image = `public.ecr.aws/eks/aws-load-balancer-controller:${tag}`;
  workload.spec.template.containers = [{ ...container, image }];
  facts.slices.workloads.push(workload);
};
const proxyAnnotation = 'service.beta.kubernetes.io/aws-load-balancer-proxy-protocol';
const nodes = [0, 1, 2].map(instanceId);

const annotatedAsIngress = (facts: Facts) => {
  for (const { metadata } of facts.slices.services) {
    metadata.annotations = {
      'service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol': 'http',
      'alb.ingress.kubernetes.io/healthcheck-path': '/ready',
    };
  }
  failing(404, {})(facts);
  probe(facts, 'expected-check', { kind: 'http', status: 200 }, { path: '/ready' });
};

testCheck(hcSettingNotHonouredByController, {
  found: [
    {
      name: 'success codes for cloud-provider-aws, while the application answers one of them',
      facts: ownedBy('cloud-provider-aws', failing(426, { 'success-codes': '200-399,426' })),
      targets: nodes,
      confidence: 'confirmed',
      saw: 'cloud-provider-aws ignores service.beta.kubernetes.io/aws-load-balancer-healthcheck-success-codes: successCodes stays 200-399 instead of 200-399,426',
    },
    {
      name: 'a time-out for cloud-provider-aws, while the application answers within it',
      facts: ownedBy('cloud-provider-aws', failing(200, { timeout: '20' }, 8000)),
      targets: nodes,
      confidence: 'confirmed',
      saw: 'timeoutSeconds stays 6 instead of 20',
    },
    {
      name: 'a controller before 2.4.6',
      facts: ownedBy('aws-load-balancer-controller', (facts) => {
        runs(facts, 'v2.4.5');
        failing(200, { timeout: '9' }, 8000)(facts);
      }),
      targets: nodes,
      confidence: 'confirmed',
      saw: 'the AWS Load Balancer Controller ignores',
    },
    {
      name: 'an annotation for Ingresses, while the application answers well there',
      facts: ownedBy('aws-load-balancer-controller', annotatedAsIngress),
      targets: nodes,
      confidence: 'confirmed',
      saw: 'alb.ingress.kubernetes.io/healthcheck-path: path stays / instead of /ready',
    },
    {
      name: 'Auto Mode, of which too little is documented',
      facts: ownedBy('eks-auto-mode', failing(426, { 'success-codes': '426' })),
      targets: nodes,
      confidence: 'possible',
      saw: 'EKS Auto Mode ignores',
    },
    {
      name: 'Proxy Protocol by annotation, for a server that demands it',
      facts: ownedBy('cloud-provider-aws', (facts) => {
        for (const { metadata } of facts.slices.services) metadata.annotations[proxyAnnotation] = '*';
        for (const { attributes } of facts.slices.targetGroups) attributes['proxy_protocol_v2.enabled'] = 'false';
        fail(facts.slices.targetHealth);
        probe(facts, 'health-check', { kind: 'reset', phase: 'response' });
        probe(facts, 'with-proxy-header', { kind: 'http', status: 200 }, { proxyProtocol: true });
      }),
      targets: nodes,
      confidence: 'confirmed',
      saw: 'proxy_protocol_v2.enabled stays false',
    },
    {
      name: 'a healthy group, as a risk',
      facts: ownedBy('cloud-provider-aws', (facts) => annotateHealthCheck(facts, { timeout: '20' })),
      targets: [],
      confidence: 'confirmed',
      saw: 'timeoutSeconds stays 6 instead of 20',
    },
  ],
  ruledOut: [
    {
      name: 'an ignored value that would not help',
      facts: ownedBy('cloud-provider-aws', failing(500, { 'success-codes': '200-399,426' })),
    },
    {
      name: 'an annotation that the controller carries out, changed in AWS',
      facts: ownedBy('aws-load-balancer-controller', failing(426, { 'success-codes': '426' })),
    },
    {
      name: 'a controller from 2.4.6 on',
      facts: ownedBy('aws-load-balancer-controller', (facts) => {
        runs(facts, 'v2.4.6');
        failing(200, { timeout: '9' }, 8000)(facts);
      }),
    },
    {
      name: 'an ignored annotation that says what is so anyway',
      facts: ownedBy('cloud-provider-aws', failing(426, { 'success-codes': '200-399', timeout: '6' })),
    },
    {
      name: 'a target group that was made by hand, to which annotations mean nothing',
      facts: ownedBy('cloud-provider-aws', (facts) => {
        for (const owner of facts.owners) owner.by = 'target-group-binding';
        failing(426, { 'success-codes': '200-399,426' })(facts);
      }),
    },
  ],
});

describe('the fix', () => {
  const firstCommand = (facts: Facts) => {
    const [group] = groupsOf(facts);
    if (group === undefined) throw new Error('no target group');
    const checks = [hcSettingNotHonouredByController];
    const [diagnosis] = diagnose(group, facts, examine(group, facts, checks), checks);
    return diagnosis?.fix[0]?.command;
  };

  test('sets the one ignored setting that mends, of several', () => {
    const facts = ownedBy('cloud-provider-aws', failing(426, { timeout: '20', 'success-codes': '200-399,426' }))();
    expect(firstCommand(facts)).toMatch(/modify-target-group .* --matcher 'HttpCode="200-399,426"'$/);
  });

  test('writes the annotation that the controller reads in the place of one for Ingresses', () => {
    expect(firstCommand(ownedBy('aws-load-balancer-controller', annotatedAsIngress)())).toMatch(
      /^kubectl .* service\.beta\.kubernetes\.io\/aws-load-balancer-healthcheck-path=\/ready$/,
    );
  });
});

/** A healthy Service of cloud-provider-aws whose annotation asks for the header of the Proxy Protocol, behind a TCP check. */
const asking = (annotations: Record<string, string> = {}, attributes: Record<string, string> = {}): Facts => {
  const facts = sampleFacts();
  for (const owner of facts.owners) owner.controller = 'cloud-provider-aws';
  for (const { metadata } of facts.slices.services) metadata.annotations = { [proxyAnnotation]: '*', ...annotations };
  for (const group of facts.slices.targetGroups) {
    group.attributes = attributes;
    group.healthCheck.intervalSeconds = 30;
  }
  return facts;
};
const risksOf = (facts: Facts) => {
  const checks = [hcSettingNotHonouredByController];
  return groupsOf(facts).flatMap((group) => diagnose(group, facts, examine(group, facts, checks), checks));
};

test('an ignored Proxy Protocol annotation on healthy targets is left to proxy-protocol-one-sided', () => {
  expect(risksOf(asking({}, { 'proxy_protocol_v2.enabled': 'false' }))).toEqual([]);
  expect(risksOf(asking())).toEqual([]);
});
