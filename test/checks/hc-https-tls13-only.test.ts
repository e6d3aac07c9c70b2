import { hcHttpsTls13Only } from '../../core/checks/answer/hc-https-tls13-only.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { probe } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';
import { bothPods, failingHttp } from './http-check.ts';

const answers = (newest: ProbeOutcome, older: ProbeOutcome) =>
  failingHttp(
    (facts) => {
      probe(facts, 'health-check', newest, { protocol: 'HTTPS' });
      probe(facts, 'tls-1.2', older, { protocol: 'HTTPS', maxTlsVersion: 'TLSv1.2' });
    },
    { protocol: 'HTTPS' },
  );
const good: ProbeOutcome = { kind: 'http', status: 200 };
const tooOld: ProbeOutcome = { kind: 'tls-failed', detail: 'tlsv1 alert protocol version' };

testCheck(hcHttpsTls13Only, {
  found: [
    {
      name: 'a good answer over TLS 1.3 and a refused version below',
      facts: answers(good, tooOld),
      targets: bothPods,
      confidence: 'probable',
      saw: /HTTP 200; with TLS 1.2 at most: .*protocol version/,
    },
  ],
  ruledOut: [
    { name: 'good answers over both versions', facts: answers(good, good) },
    { name: 'a bad status over TLS 1.3', facts: answers({ kind: 'http', status: 404 }, tooOld) },
    {
      name: 'a handshake with TLS 1.2 that wants a client certificate',
      facts: answers(good, { kind: 'tls-failed', detail: 'ssl/tls alert handshake failure' }),
    },
  ],
});
