import { expect, test } from 'vitest';
import { frontendNlbAlbTargetUnhealthy } from '../../core/checks/answer/frontend-nlb-alb-target-unhealthy.ts';
import { diagnose } from '../../core/diagnosis/diagnose.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { fail, probe, rule, sampleFacts, target } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const alb = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0123456789abcdef';
const fronted = given(sampleFacts, ({ slices }) => {
  for (const group of slices.targetGroups) {
    group.targetType = 'alb';
    Object.assign(group.healthCheck, { protocol: 'HTTP', path: '/', successCodes: '200' });
  }
  slices.targetHealth = [target({ id: alb, port: 80 })];
  fail(slices.targetHealth);
  for (const [, first] of slices.networkInterfaces.entries().take(1)) {
    const { instanceId: _, deviceIndex: __, ...detached } = first;
    slices.networkInterfaces.push({
      ...detached,
      id: 'eni-0alb',
      description: 'ELB app/shop/0123456789abcdef',
      privateIps: ['10.0.0.77'],
      securityGroups: ['sg-alb'],
    });
  }
  slices.securityGroups.push({
    id: 'sg-alb',
    name: 'alb',
    vpcId: 'vpc-0aaaaaaaaaaaaaa01',
    tags: {},
    rules: [rule({ fromPort: 80, toPort: 80, cidrIpv4: '10.0.0.0/16' })],
  });
});

testCheck(frontendNlbAlbTargetUnhealthy, {
  found: [
    {
      name: 'its default action answers 404',
      facts: given(fronted, (facts) => probe(facts, 'health-check', { kind: 'http', status: 404 }, { path: '/' })),
      targets: [alb],
      confidence: 'confirmed',
      saw: 'HTTP 404',
    },
    {
      name: 'its security group keeps the load balancer in front out',
      facts: given(fronted, ({ slices }) => {
        for (const group of slices.securityGroups) if (group.id === 'sg-alb') group.rules = [];
      }),
      targets: [alb],
      confidence: 'confirmed',
      saw: 'sg-alb: no rule for TCP 80 from 10.0.0.5',
      values: { securityGroup: 'sg-alb' },
    },
    {
      name: 'its security group admits the auditor and keeps the load balancer in front out',
      facts: given(fronted, (facts) => {
        for (const group of facts.slices.securityGroups) if (group.id === 'sg-alb') group.rules = [];
        probe(facts, 'health-check', { kind: 'http', status: 200 });
      }),
      targets: [alb],
      confidence: 'confirmed',
      saw: /^sg-alb: no rule for TCP 80 from 10\.0\.0\.5 .*: HTTP 200$/,
    },
    {
      name: 'nothing listens on the port',
      facts: given(fronted, (facts) => probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' })),
      targets: [alb],
      confidence: 'probable',
      saw: 'no answer to the SYN',
    },
    { name: 'not probed', facts: fronted, targets: [alb], confidence: 'possible', saw: 'unhealthy' },
  ],
  ruledOut: [
    {
      name: 'it answers the auditor as the health check wants',
      facts: given(fronted, (facts) => probe(facts, 'health-check', { kind: 'http', status: 200 })),
    },
    {
      name: 'a healthy one',
      facts: given(fronted, ({ slices }) => {
        for (const each of slices.targetHealth) each.state = 'healthy';
      }),
    },
  ],
});

test('no rule is to be added where none is missing', () => {
  const facts = fronted();
  probe(facts, 'health-check', { kind: 'http', status: 404 }, { path: '/' });
  const checks = [frontendNlbAlbTargetUnhealthy];
  const [diagnosis] = groupsOf(facts).flatMap((group) => diagnose(group, facts, examine(group, facts, checks), checks));
  expect(diagnosis?.fix).toHaveLength(3);
  expect(diagnosis?.fix[1]?.command).toMatch(/frontend-nlb-healthcheck-success-codes=['"]?[\d,-]+,404/);
  expect(JSON.stringify(diagnosis?.fix)).not.toMatch(/<\w+>|authorize/);
});
