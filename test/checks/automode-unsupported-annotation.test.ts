import { expect, test } from 'vitest';
import { automodeUnsupportedAnnotation } from '../../core/checks/configuration/automode-unsupported-annotation.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { fail, probe } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { ip, ownedBy } from './controller-case.ts';

const annotate = (make: () => Facts, name: string, value: string) =>
  given(make, ({ slices }) => {
    for (const { metadata } of slices.services) metadata.annotations[`service.beta.kubernetes.io/${name}`] = value;
  });
const auto = ownedBy(ip, 'eks-auto-mode');
const resetting = given(auto, (facts) => {
  fail(facts.slices.targetHealth);
  probe(facts, 'health-check', { kind: 'reset', phase: 'response' });
});
const proxyProtocol = 'aws-load-balancer-proxy-protocol';

testCheck(automodeUnsupportedAnnotation, {
  found: [
    {
      name: 'an application waits for the header that the annotation asked for',
      facts: annotate(resetting, proxyProtocol, '*'),
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'probable',
      saw: /aws-load-balancer-proxy-protocol: \*, while Proxy Protocol is off.*connection reset/,
    },
    {
      name: 'healthy targets and an annotation that changes nothing, as a risk',
      facts: annotate(auto, 'aws-load-balancer-internal', 'true'),
      targets: [],
      confidence: 'probable',
      saw: 'aws-load-balancer-internal: true',
    },
  ],
  ruledOut: [
    {
      name: 'an annotation that changes nothing about health, beside targets that fail',
      facts: annotate(resetting, 'aws-load-balancer-internal', 'true'),
    },
    {
      name: 'targets that answer with an error',
      facts: given(annotate(auto, proxyProtocol, '*'), (facts) => {
        fail(facts.slices.targetHealth);
        probe(facts, 'health-check', { kind: 'http', status: 500 });
      }),
    },
    {
      name: 'Proxy Protocol that is on, by another way',
      facts: given(annotate(resetting, proxyProtocol, '*'), ({ slices }) => {
        for (const { attributes } of slices.targetGroups) attributes['proxy_protocol_v2.enabled'] = 'true';
      }),
    },
    {
      name: 'the type annotation, about which the documentation says both',
      facts: annotate(auto, 'aws-load-balancer-type', 'external'),
    },
    {
      name: 'an annotation beside the one that says the same',
      facts: annotate(
        annotate(auto, 'aws-load-balancer-internal', 'true'),
        'aws-load-balancer-scheme',
        'internet-facing',
      ),
    },
    {
      name: 'an annotation beside the attribute that says the same',
      facts: annotate(
        annotate(auto, 'aws-load-balancer-cross-zone-load-balancing-enabled', 'true'),
        'aws-load-balancer-attributes',
        'deletion_protection.enabled=true,load_balancing.cross_zone.enabled=true',
      ),
    },
    { name: 'the AWS Load Balancer Controller', facts: annotate(ip, proxyProtocol, '*') },
  ],
});

const patched = (facts: Facts) =>
  groupsOf(facts)
    .flatMap((group) => automodeUnsupportedAnnotation.run(group, facts.slices) ?? [])
    .map(({ values }) => JSON.parse(String(values?.['patch'])));
const service = 'service.beta.kubernetes.io/';

test('the fix keeps what the annotation meant, and what stands beside it', () => {
  const external = annotate(auto, 'aws-load-balancer-internal', 'false');
  expect(patched(external())).toEqual([
    {
      metadata: {
        annotations: {
          [`${service}aws-load-balancer-internal`]: null,
          [`${service}aws-load-balancer-scheme`]: 'internet-facing',
        },
      },
    },
  ]);
  const crossZone = annotate(auto, 'aws-load-balancer-cross-zone-load-balancing-enabled', 'false');
  const attributes = 'aws-load-balancer-attributes';
  expect(patched(annotate(crossZone, attributes, 'deletion_protection.enabled=true')())).toMatchObject([
    {
      metadata: {
        annotations: {
          [service + attributes]: 'deletion_protection.enabled=true,load_balancing.cross_zone.enabled=false',
        },
      },
    },
  ]);
  expect(patched(annotate(auto, 'load-balancer-source-ranges', '192.0.2.0/24, 198.51.100.0/24')())).toMatchObject([
    { spec: { loadBalancerSourceRanges: ['192.0.2.0/24', '198.51.100.0/24'] } },
  ]);
});
