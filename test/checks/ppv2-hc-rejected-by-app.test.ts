import { ppv2HcRejectedByApp } from '../../core/checks/answer/ppv2-hc-rejected-by-app.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { instanceId, probe, type SampleOptions } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';
import { bothPods, changeHealthCheck, failingHttp } from './http-check.ts';

const answers = (
  behind: ProbeOutcome,
  bare: ProbeOutcome,
  change: (facts: Facts) => void = () => undefined,
  options: SampleOptions = {},
) =>
  failingHttp((facts) => {
    for (const { attributes } of facts.slices.targetGroups) attributes['proxy_protocol_v2.enabled'] = 'true';
    probe(facts, 'health-check', behind, { proxyProtocol: true });
    probe(facts, 'without-proxy-header', bare);
    change(facts);
  }, options);
const http = (status: number): ProbeOutcome => ({ kind: 'http', status });

testCheck(ppv2HcRejectedByApp, {
  found: [
    {
      name: '400 behind the header and 200 without',
      facts: answers(http(400), http(200)),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'behind a Proxy Protocol header: HTTP 400; without one: HTTP 200',
    },
    {
      name: 'a server that hangs up on the header',
      facts: answers({ kind: 'reset', phase: 'response' }, http(200)),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'connection reset',
    },
    {
      name: 'a node of an unreadable cluster, where kube-proxy may be the one that answers',
      facts: answers(
        http(400),
        http(200),
        (facts) => {
          facts.slices.services = [];
          facts.gaps.push({
            slice: 'services',
            scope: { kind: 'cluster', name: 'shop' },
            reason: 'unreachable',
            action: 'list services',
            message: 'no answer from the API server',
            remedy: 'let the auditor reach it',
          });
        },
        { targetType: 'instance', policy: 'Local' },
      ),
      targets: [0, 1, 2].map(instanceId),
      confidence: 'probable',
      saw: 'behind a Proxy Protocol header: HTTP 400; without one: HTTP 200',
    },
  ],
  ruledOut: [
    { name: 'the same bad status with and without the header', facts: answers(http(404), http(404)) },
    { name: 'a server that reads the header', facts: answers(http(200), http(400)) },
    {
      name: 'the annotation alone, while the attribute is off',
      facts: answers(http(400), http(200), (facts) => {
        for (const { attributes } of facts.slices.targetGroups) attributes['proxy_protocol_v2.enabled'] = 'false';
        for (const { metadata } of facts.slices.services) {
          metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-proxy-protocol'] = '*';
        }
      }),
    },
    {
      name: 'a TCP check, which ends before any header matters',
      facts: answers(http(400), http(200), (facts) => changeHealthCheck(facts, { protocol: 'TCP' })),
    },
    {
      name: 'kube-proxy on the healthCheckNodePort',
      facts: answers(http(400), http(200), undefined, { targetType: 'instance', policy: 'Local' }),
    },
  ],
});
