import { ppv2ExpectedButNotSent } from '../../core/checks/answer/ppv2-expected-but-not-sent.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { probe } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';
import { bothPods, changeHealthCheck, failingHttp } from './http-check.ts';

const answers = (bare: ProbeOutcome, behind: ProbeOutcome, enabled = 'false') =>
  failingHttp((facts) => {
    for (const { attributes } of facts.slices.targetGroups) attributes['proxy_protocol_v2.enabled'] = enabled;
    probe(facts, 'health-check', bare, { protocol: 'HTTP' });
    probe(facts, 'with-proxy-header', behind, { proxyProtocol: true });
  });
const http = (status: number): ProbeOutcome => ({ kind: 'http', status });
const reset: ProbeOutcome = { kind: 'reset', phase: 'response' };

testCheck(ppv2ExpectedButNotSent, {
  found: [
    {
      name: 'a server that hangs up without the header and answers behind it',
      facts: answers(reset, http(200)),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'connection reset (response); behind a Proxy Protocol header: HTTP 200',
    },
    {
      name: '400 without the header and 200 behind it',
      facts: answers(http(400), http(200)),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'HTTP 400',
    },
  ],
  ruledOut: [
    { name: 'a server that hangs up either way', facts: answers(reset, reset) },
    { name: 'a good answer without the header', facts: answers(http(200), http(200)) },
    { name: 'a target group that sends the header', facts: answers(reset, http(200), 'true') },
    {
      name: 'a TCP check, which does not notice',
      facts: () => {
        const facts = answers(reset, http(200))();
        changeHealthCheck(facts, { protocol: 'TCP' });
        return facts;
      },
    },
  ],
});
