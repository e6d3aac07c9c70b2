import { hcMeshMtlsOrSidecarIntercept } from '../../core/checks/answer/hc-mesh-mtls-or-sidecar-intercept.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { instanceId, probe, type SampleOptions, unready } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';
import { bothPods, changeHealthCheck, failingHttp } from './http-check.ts';

const inMesh = (facts: Facts, where: 'containers' | 'initContainers' = 'containers', name = 'istio-proxy') => {
  for (const { spec } of facts.slices.pods) {
    const [container] = spec.containers;
    if (container) spec[where].push({ ...container, name, ports: [] });
  }
};
const asked = (outcome: ProbeOutcome, change: (facts: Facts) => void, options: SampleOptions = {}) =>
  failingHttp((facts) => {
    probe(facts, 'health-check', outcome, { protocol: 'HTTP' });
    change(facts);
  }, options);
const reset: ProbeOutcome = { kind: 'reset', phase: 'response' };

testCheck(hcMeshMtlsOrSidecarIntercept, {
  found: [
    {
      name: 'ready pods with a mesh proxy that reset the request',
      facts: asked(reset, inMesh),
      targets: bothPods,
      confidence: 'probable',
      saw: 'connection reset (response); shop/web-1 is ready and runs istio-proxy',
    },
    {
      name: 'a proxy that is a native sidecar',
      facts: asked(reset, (facts) => inMesh(facts, 'initContainers')),
      targets: bothPods,
      confidence: 'probable',
      saw: 'runs istio-proxy',
    },
    {
      name: 'instance targets in front of pods in a mesh',
      facts: asked(reset, inMesh, { targetType: 'instance' }),
      targets: [0, 1, 2].map(instanceId),
      confidence: 'probable',
      saw: 'runs istio-proxy',
      values: { port: 8080, exemption: 'traffic.sidecar.istio.io/excludeInboundPorts' },
    },
    {
      name: 'a health check of a port of its own, which is the one to let through',
      facts: asked(reset, (facts) => {
        inMesh(facts);
        changeHealthCheck(facts, { port: '9090' });
        for (const target of facts.slices.targetHealth) target.healthCheckPort = 9090;
      }),
      targets: bothPods,
      confidence: 'probable',
      saw: 'runs istio-proxy',
      values: { port: 9090 },
    },
    {
      name: 'a health check of the NodePort of another port of the Service',
      facts: asked(
        reset,
        (facts) => {
          inMesh(facts);
          for (const { spec } of facts.slices.services) {
            for (const port of spec.ports) port.name = 'web';
            spec.ports.push({ name: 'admin', protocol: 'TCP', port: 81, targetPort: 9090, nodePort: 31090 });
          }
          changeHealthCheck(facts, { port: '31090' });
          for (const target of facts.slices.targetHealth) target.healthCheckPort = 31090;
        },
        { targetType: 'instance' },
      ),
      targets: [0, 1, 2].map(instanceId),
      confidence: 'probable',
      saw: 'runs istio-proxy',
      values: { port: 9090 },
    },
    {
      name: 'the proxy of another mesh, which has another annotation',
      facts: asked(reset, (facts) => inMesh(facts, 'containers', 'kuma-sidecar')),
      targets: bothPods,
      confidence: 'probable',
      saw: 'runs kuma-sidecar',
      values: { exemption: 'traffic.kuma.io/exclude-inbound-ports' },
    },
  ],
  ruledOut: [
    { name: 'the same reset without a mesh', facts: asked(reset, () => undefined) },
    {
      name: 'a gateway of the mesh, which is a proxy and nothing else',
      facts: asked(reset, (facts) => {
        for (const { spec } of facts.slices.pods) for (const each of spec.containers) each.name = 'istio-proxy';
      }),
    },
    { name: 'a status from the application', facts: asked({ kind: 'http', status: 503 }, inMesh) },
    { name: 'no connection at all', facts: asked({ kind: 'reset', phase: 'connect' }, inMesh) },
    {
      name: 'pods that are starting, which are not ready',
      facts: asked(reset, (facts) => {
        inMesh(facts);
        unready(facts, 'web-1');
        unready(facts, 'web-2');
      }),
    },
    {
      name: 'an application behind the proxy that answers over TLS',
      facts: asked(reset, (facts) => {
        inMesh(facts);
        probe(facts, 'other-scheme', { kind: 'http', status: 200 }, { protocol: 'HTTPS' });
      }),
    },
  ],
});
