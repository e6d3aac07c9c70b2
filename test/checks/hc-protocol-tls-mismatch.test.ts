import { hcProtocolTlsMismatch } from '../../core/checks/answer/hc-protocol-tls-mismatch.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { probe } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';
import { bothPods, failingHttp } from './http-check.ts';

const plainCheck = (asked: ProbeOutcome, overTls: ProbeOutcome) =>
  failingHttp((facts) => {
    probe(facts, 'health-check', asked, { protocol: 'HTTP' });
    probe(facts, 'other-scheme', overTls, { protocol: 'HTTPS' });
  });
const tlsCheck = (asked: ProbeOutcome, inPlain: ProbeOutcome) =>
  failingHttp(
    (facts) => {
      probe(facts, 'health-check', asked, { protocol: 'HTTPS' });
      probe(facts, 'other-scheme', inPlain, { protocol: 'HTTP' });
    },
    { protocol: 'HTTPS' },
  );
const http = (status: number): ProbeOutcome => ({ kind: 'http', status });
const reset: ProbeOutcome = { kind: 'reset', phase: 'response' };
const noCertificate: ProbeOutcome = { kind: 'tls-failed', detail: 'tlsv13 alert certificate required' };
const noTls: ProbeOutcome = { kind: 'tls-failed', detail: 'wrong version number' };

testCheck(hcProtocolTlsMismatch, {
  found: [
    {
      name: 'a TLS server that answers plain HTTP with 400',
      facts: plainCheck(http(400), http(200)),
      targets: bothPods,
      confidence: 'confirmed',
      saw: /GET http:.*HTTP 400; GET https:.*HTTP 200/,
    },
    {
      name: 'a TLS server that hangs up on plain HTTP',
      facts: plainCheck(reset, http(200)),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'connection reset',
    },
    {
      name: 'a TLS server whose answer over TLS is bad as well',
      facts: plainCheck(reset, http(404)),
      targets: bothPods,
      confidence: 'probable',
      saw: 'HTTP 404',
    },
    {
      name: 'a TLS server that wants a client certificate, checked with plain HTTP',
      facts: plainCheck(reset, noCertificate),
      targets: bothPods,
      confidence: 'probable',
      saw: 'certificate required',
    },
    {
      name: 'a plain server checked with HTTPS',
      facts: tlsCheck(noTls, http(200)),
      targets: bothPods,
      confidence: 'confirmed',
      saw: /GET https:.*wrong version number.*GET http:.*HTTP 200/,
    },
    {
      name: 'a plain server that answers the handshake in plain text, and this request with 400',
      facts: tlsCheck(noTls, http(400)),
      targets: bothPods,
      confidence: 'probable',
      saw: /wrong version number.*HTTP 400/,
    },
  ],
  ruledOut: [
    {
      name: 'a TLS server whose redirect of plain HTTP passes',
      facts: plainCheck(http(301), http(200)),
    },
    {
      name: 'the same bad status with both schemes, on a port that takes both',
      facts: plainCheck(http(404), http(404)),
    },
    {
      name: 'a server that answers neither scheme',
      facts: plainCheck(reset, { kind: 'tls-failed', detail: 'wrong version number' }),
    },
    {
      name: 'a TLS port that wants a client certificate and answers plain HTTP with 400',
      facts: tlsCheck({ kind: 'tls-failed', detail: 'tlsv13 alert certificate required' }, http(400)),
    },
    {
      name: 'a mesh proxy that wants a client certificate',
      facts: () => {
        const facts = plainCheck(reset, noCertificate)();
        for (const { spec } of facts.slices.pods) {
          const [container] = spec.containers;
          if (container) spec.containers.push({ ...container, name: 'istio-proxy' });
        }
        return facts;
      },
    },
    {
      name: 'a bad answer where nobody asked with the other scheme',
      facts: failingHttp((facts) => probe(facts, 'health-check', http(400))),
    },
  ],
});
