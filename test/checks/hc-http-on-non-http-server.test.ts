import { hcHttpOnNonHttpServer } from '../../core/checks/answer/hc-http-on-non-http-server.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { probe } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';
import { bothPods, changeHealthCheck, failingHttp } from './http-check.ts';

const asked = (outcome: ProbeOutcome, change: (facts: Facts) => void = () => undefined) =>
  failingHttp((facts) => {
    probe(facts, 'health-check', outcome, { protocol: 'HTTP' });
    change(facts);
  });
const speaking = (change: { appProtocol?: string; name?: string }) => (facts: Facts) => {
  for (const { spec } of facts.slices.services) for (const port of spec.ports) Object.assign(port, change);
  for (const slice of facts.slices.endpointSlices) {
    for (const port of slice.ports) if (change.name !== undefined) port.name = change.name;
  }
};
/** An HTTPS check that meets `first`, and the same request in plain text that meets `plain`. */
const askedOverTls = (first: ProbeOutcome, plain: ProbeOutcome, change: (facts: Facts) => void = () => undefined) =>
  failingHttp(
    (facts) => {
      probe(facts, 'health-check', first, { protocol: 'HTTPS' });
      probe(facts, 'other-scheme', plain, { protocol: 'HTTP' });
      change(facts);
    },
    { protocol: 'HTTPS' },
  );
const inMesh = (facts: Facts) => {
  for (const { spec } of facts.slices.pods) {
    const [container] = spec.containers;
    if (container) spec.initContainers.push({ ...container, name: 'istio-proxy' });
  }
};
/** A fatal alert in a record of its own, with which a TLS server answers what is no handshake (RFC 8446, 5.1 and 6). */
const alert: ProbeOutcome = { kind: 'not-http', firstBytes: '\\x15\\x03\\x03\\x00\\x02\\x02P' };
const bytes: ProbeOutcome = { kind: 'not-http', firstBytes: '\\x00\\x00\\x06\\x04' };
const reset: ProbeOutcome = { kind: 'reset', phase: 'response' };

testCheck(hcHttpOnNonHttpServer, {
  found: [
    {
      name: 'an HTTP/2 frame in answer to HTTP/1.1',
      facts: asked(bytes),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'answer is not HTTP (\\x00\\x00\\x06\\x04)',
    },
    {
      name: 'a server that hangs up, on a port that says gRPC',
      facts: asked(reset, speaking({ name: 'grpc-api' })),
      targets: bothPods,
      confidence: 'probable',
      saw: 'the Service port says grpc',
    },
    {
      name: 'a health check of another port of the Service, which says Redis',
      facts: asked({ kind: 'timeout', phase: 'response' }, (facts) => {
        for (const { spec } of facts.slices.services) {
          for (const port of spec.ports) port.name = 'http';
          spec.ports.push({ name: 'redis', protocol: 'TCP', port: 6379, targetPort: 6379 });
        }
        changeHealthCheck(facts, { port: '6379' });
        for (const target of facts.slices.targetHealth) target.healthCheckPort = 6379;
      }),
      targets: bothPods,
      confidence: 'probable',
      saw: 'the Service port says redis',
    },
    {
      name: 'a server that waits for its own protocol, on a port that says so',
      facts: asked({ kind: 'timeout', phase: 'response' }, speaking({ appProtocol: 'redis' })),
      targets: bothPods,
      confidence: 'probable',
      saw: 'the Service port says redis',
    },
    {
      name: 'a server that hangs up for no known reason',
      facts: asked(reset),
      targets: bothPods,
      confidence: 'possible',
      saw: 'connection reset',
    },
    {
      name: 'an HTTPS check of a server that greets in its own words',
      facts: askedOverTls(
        { kind: 'tls-failed', detail: 'wrong version number' },
        { kind: 'not-http', firstBytes: 'SSH-2.0-' },
      ),
      targets: bothPods,
      confidence: 'confirmed',
      saw: /wrong version number.*answer is not HTTP \(SSH-2\.0-\)/,
    },
    {
      name: 'an HTTPS check of a server that waits for a line of its own protocol',
      facts: askedOverTls(
        { kind: 'timeout', phase: 'tls' },
        { kind: 'not-http', firstBytes: "-ERR wrong number of arguments for 'get' command" },
      ),
      targets: bothPods,
      confidence: 'confirmed',
      saw: /no answer after connecting \(tls\).*-ERR wrong number of arguments/,
    },
    {
      name: 'an HTTPS check of a server that hangs up on the handshake, on a port that says Kafka',
      facts: askedOverTls({ kind: 'reset', phase: 'tls' }, reset, speaking({ name: 'kafka' })),
      targets: bothPods,
      confidence: 'probable',
      saw: 'the Service port says kafka',
    },
    {
      name: 'other bytes from behind a mesh proxy, which lets plain text through',
      facts: asked({ kind: 'not-http', firstBytes: '-ERR unknown command' }, inMesh),
      targets: bothPods,
      confidence: 'confirmed',
      saw: '-ERR unknown command',
    },
  ],
  ruledOut: [
    { name: 'a bad status, which is HTTP', facts: asked({ kind: 'http', status: 404 }) },
    { name: 'a silent application whose port says http', facts: asked({ kind: 'timeout', phase: 'response' }) },
    {
      name: 'a health server of its own that stalls, beside the port that says grpc',
      facts: asked({ kind: 'timeout', phase: 'response' }, (facts) => {
        speaking({ name: 'grpc' })(facts);
        changeHealthCheck(facts, { port: '8081' });
        for (const target of facts.slices.targetHealth) target.healthCheckPort = 8081;
      }),
    },
    { name: 'no connection at all', facts: asked({ kind: 'reset', phase: 'connect' }, speaking({ name: 'grpc' })) },
    {
      name: 'an HTTP server behind TLS',
      facts: asked(reset, (facts) => probe(facts, 'other-scheme', { kind: 'http', status: 200 })),
    },
    {
      name: 'a TLS server that wants a client certificate',
      facts: asked(reset, (facts) => {
        const detail = 'tlsv13 alert certificate required';
        probe(facts, 'other-scheme', { kind: 'tls-failed', detail }, { protocol: 'HTTPS' });
      }),
    },
    {
      name: 'an HTTP server that wants a Proxy Protocol header',
      facts: asked(reset, (facts) => probe(facts, 'with-proxy-header', { kind: 'http', status: 200 })),
    },
    {
      name: 'a mesh proxy in the pod',
      facts: asked(reset, inMesh),
    },
    {
      name: 'a TLS alert in answer to plain text, from a server too slow with its handshake',
      facts: asked(alert, (facts) =>
        probe(facts, 'other-scheme', { kind: 'timeout', phase: 'tls' }, { protocol: 'HTTPS' }),
      ),
    },
    {
      name: 'an HTTPS check without the client certificate that the server wants',
      facts: askedOverTls({ kind: 'tls-failed', detail: 'tlsv13 alert certificate required' }, alert),
    },
    {
      name: 'a handshake that is cut off, as by a server that wants a name',
      facts: askedOverTls({ kind: 'reset', phase: 'tls' }, reset, speaking({ name: 'https' })),
    },
  ],
});
