import { expect, test } from 'vitest';
import { proxyProtocolOneSided } from '../../core/checks/answer/proxy-protocol-one-sided.ts';
import { diagnose } from '../../core/diagnosis/diagnose.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';
const hungUp: ProbeOutcome = { kind: 'reset', phase: 'response' };
const malformed: ProbeOutcome = { kind: 'http', status: 400 };
const good: ProbeOutcome = { kind: 'http', status: 200 };

const sends = ({ slices }: Facts): void => {
  for (const { attributes } of slices.targetGroups) attributes['proxy_protocol_v2.enabled'] = 'true';
};
const asks =
  (end = 'proxy-protocol', value = '*') =>
  ({ slices }: Facts): void => {
    for (const { metadata } of slices.services) metadata.annotations[prefix + end] = value;
  };
const named =
  (name: string) =>
  ({ slices }: Facts): void => {
    for (const { spec } of slices.services) for (const port of spec.ports) port.name = name;
  };
/** Pods whose readiness is seen by a connection alone. */
const connects = ({ slices }: Facts): void => {
  for (const { spec } of slices.pods)
    for (const container of spec.containers) container.readinessProbe = { tcpSocket: { port: 8080 } };
};
/** The attributes of a healthy target group may not have been read. */
const unread = ({ slices }: Facts): void => {
  for (const group of slices.targetGroups) group.attributes = {};
};
const ownedByCloudProvider = ({ owners }: Facts): void => {
  for (const owner of owners) owner.controller = 'cloud-provider-aws';
};
const answers =
  (outcome: ProbeOutcome) =>
  (facts: Facts): void =>
    probe(facts, 'client-first-bytes', outcome, { only: instanceId(0), path: '/' });
const after = (...changes: ((facts: Facts) => void)[]) =>
  given(sampleFacts, (facts) => {
    for (const { attributes } of facts.slices.targetGroups) attributes['proxy_protocol_v2.enabled'] = 'false';
    for (const change of changes) change(facts);
  });

testCheck(proxyProtocolOneSided, {
  found: [
    {
      name: 'a header that hits a server which answers the kubelet without one',
      facts: after(sends, answers(malformed)),
      targets: [],
      confidence: 'confirmed',
      saw: /HTTP 400 behind a Proxy Protocol header; the kubelet’s readiness probe gets its answer there without a header/,
      values: { sentPort: 80 },
    },
    {
      name: 'a server that hangs up on the header',
      facts: after(sends, answers(hungUp)),
      targets: [],
      confidence: 'confirmed',
      saw: /connection reset \(response\) behind a Proxy Protocol header/,
    },
    {
      name: 'a header that a port for HTTP refuses, of which the kubelet knows nothing',
      facts: after(sends, connects, answers(malformed)),
      targets: [],
      confidence: 'probable',
      saw: /HTTP 400 behind a Proxy Protocol header$/,
    },
    {
      name: 'an annotation that is passed over, and a server that hangs up without the header',
      facts: after(asks(), connects, answers(hungUp)),
      targets: [],
      confidence: 'confirmed',
      saw: /the Service has .*proxy-protocol: \*; proxy_protocol_v2.enabled is off on the target group; .*connection reset/,
      values: { wantedPort: 80 },
    },
    {
      name: 'an annotation that is passed over, where nothing was asked',
      facts: after(asks(), connects),
      targets: [],
      confidence: 'probable',
      saw: /proxy_protocol_v2.enabled is off/,
    },
    {
      name: 'an annotation that is passed over, and a server of another protocol',
      facts: after(asks(), connects, named('kafka'), answers(hungUp)),
      targets: [],
      confidence: 'probable',
      saw: /proxy_protocol_v2.enabled is off/,
    },
    {
      name: 'an argument for the header, and a server that hangs up without it',
      facts: after(connects, answers(hungUp), ({ slices }) => {
        for (const { spec } of slices.pods) spec.containers[0]?.args.push('--use-proxy-protocol=true');
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /connection reset \(response\) without a header/,
    },
    {
      name: 'an annotation that cloud-provider-aws ignores, where the attributes were not read',
      facts: after(asks(), ownedByCloudProvider, connects, unread),
      targets: [],
      confidence: 'probable',
      saw: /cloud-provider-aws ignores that for Network Load Balancers; no header is sent unless somebody switched it on by hand/,
    },
    {
      name: 'the annotation for this port among others',
      facts: after(asks('proxy-protocol-per-target-group', '443, 80'), connects),
      targets: [],
      confidence: 'probable',
      saw: /per-target-group: 443, 80/,
    },
  ],
  ruledOut: [
    { name: 'a header that is understood', facts: after(sends, answers(good)) },
    {
      name: 'an annotation, and a server that does not need the header',
      facts: after(asks(), connects, answers(good)),
    },
    { name: 'an annotation, and a server that answers the kubelet without it', facts: after(asks()) },
    {
      name: 'an annotation, and a server that answers the kubelet without it and refuses another path',
      facts: after(asks(), answers(malformed)),
    },
  ],
});

const outcomeOf = (...changes: ((facts: Facts) => void)[]): string | undefined => {
  const facts = after(...changes)();
  return groupsOf(facts).flatMap((group) => examine(group, facts, [proxyProtocolOneSided]))[0]?.outcome;
};

test('what no probe has settled is unknown, never ruled out', () => {
  expect(outcomeOf(sends)).toBe('unknown');
  expect(outcomeOf(sends, connects, named('kafka'), answers(hungUp))).toBe('unknown');
  expect(outcomeOf(asks(), connects, unread)).toBe('unknown');
});

test('the question does not arise where the health check carries the header, or no listener sends clients', () => {
  const byHttp = ({ slices }: Facts): void => {
    for (const { healthCheck } of slices.targetGroups) healthCheck.protocol = 'HTTP';
  };
  const idle = ({ slices }: Facts): void => {
    for (const { forwards } of slices.listeners) for (const forward of forwards) forward.weight = 0;
  };
  expect(outcomeOf(sends, answers(malformed), byHttp)).toBeUndefined();
  expect(outcomeOf(sends, answers(malformed), idle)).toBeUndefined();
  expect(outcomeOf()).toBeUndefined();
});

const risksOf = (...changes: ((facts: Facts) => void)[]) => {
  const facts = after(asks(), ownedByCloudProvider, connects, ...changes)();
  const checks = [proxyProtocolOneSided];
  return groupsOf(facts).flatMap((group) => diagnose(group, facts, examine(group, facts, checks), checks));
};

test('an annotation that cloud-provider-aws ignores is a latent risk of high severity until a packet proves it', () => {
  expect(risksOf()).toMatchObject([{ verdict: 'latent', severity: 'high', confidence: 'probable' }]);
  expect(risksOf(answers(hungUp))).toMatchObject([{ verdict: 'unserved', severity: 'high', confidence: 'confirmed' }]);
});

test('the header that is sent all the same is no risk', () => {
  expect(risksOf(asks('target-group-attributes', 'proxy_protocol_v2.enabled=true'), unread)).toEqual([]);
  expect(risksOf(sends)).toEqual([]);
});
