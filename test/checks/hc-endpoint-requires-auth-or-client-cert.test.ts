import { expect, test } from 'vitest';
import { hcEndpointRequiresAuthOrClientCert } from '../../core/checks/answer/hc-endpoint-requires-auth-or-client-cert.ts';
import { diagnose } from '../../core/diagnosis/diagnose.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { probe } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';
import { bothPods, changeHealthCheck, failingHttp } from './http-check.ts';

const status = (code: number) => failingHttp((facts) => probe(facts, 'health-check', { kind: 'http', status: code }));
const handshake = (asked: ProbeOutcome, older: ProbeOutcome) =>
  failingHttp(
    (facts) => {
      probe(facts, 'health-check', asked, { protocol: 'HTTPS' });
      probe(facts, 'tls-1.2', older, { protocol: 'HTTPS', maxTlsVersion: 'TLSv1.2' });
    },
    { protocol: 'HTTPS' },
  );
const failed = (detail: string): ProbeOutcome => ({ kind: 'tls-failed', detail });

testCheck(hcEndpointRequiresAuthOrClientCert, {
  found: [
    { name: '401 from every target', facts: status(401), targets: bothPods, confidence: 'confirmed', saw: 'HTTP 401' },
    { name: '403 from every target', facts: status(403), targets: bothPods, confidence: 'confirmed', saw: 'HTTP 403' },
    {
      name: 'a login for one path while the readiness path is open',
      facts: failingHttp((facts) => {
        probe(facts, 'health-check', { kind: 'http', status: 401 });
        probe(facts, 'readiness-path', { kind: 'http', status: 200 }, { path: '/ready' });
      }),
      targets: bothPods,
      confidence: 'confirmed',
      saw: '/ready: HTTP 200',
    },
    {
      name: 'the alert of TLS 1.3 for a missing certificate',
      facts: handshake(failed('tlsv13 alert certificate required'), failed('ssl/tls alert handshake failure')),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'certificate required',
    },
    {
      name: 'a reset in TLS 1.3 and a refused handshake in TLS 1.2',
      facts: handshake({ kind: 'reset', phase: 'response' }, failed('ssl/tls alert handshake failure')),
      targets: bothPods,
      confidence: 'probable',
      saw: 'connection reset (response); with TLS 1.2: TLS handshake failed',
    },
  ],
  ruledOut: [
    { name: '404, which no login mends', facts: status(404) },
    {
      name: '401 among the success codes',
      facts: failingHttp((facts) => {
        changeHealthCheck(facts, { successCodes: '200-399,401' });
        probe(facts, 'health-check', { kind: 'http', status: 401 });
      }),
    },
    {
      name: 'different statuses from one target to the next',
      facts: failingHttp((facts) => {
        probe(facts, 'health-check', { kind: 'http', status: 401 }, { only: '10.0.0.100' });
        probe(facts, 'health-check', { kind: 'http', status: 500 }, { only: '10.0.1.100' });
      }),
    },
    {
      name: 'a handshake that fails for another reason',
      facts: handshake(failed('wrong version number'), failed('wrong version number')),
    },
  ],
});

test('no path and no status helps where the port wants a client certificate', () => {
  const facts = handshake(failed('tlsv13 alert certificate required'), failed('ssl/tls alert handshake failure'))();
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('no target group');
  const checks = [hcEndpointRequiresAuthOrClientCert];
  const [diagnosis] = diagnose(group, facts, examine(group, facts, checks), checks);
  expect(diagnosis?.fix).toMatchObject([{ command: expect.stringMatching(/healthcheck-protocol=TCP$/) }]);
});
