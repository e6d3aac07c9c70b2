import { hcMeshMtlsOrSidecarIntercept } from '../../core/checks/hc-mesh-mtls-or-sidecar-intercept.ts';
import type { Facts } from '../../core/facts.ts';
import type { ProbeOutcome } from '../../core/probe.ts';
import { instanceId, probe, type SampleOptions, unready } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';
import { bothPods, failingHttp } from './http-check.ts';

const inMesh = (facts: Facts, where: 'containers' | 'initContainers' = 'containers') => {
  for (const { spec } of facts.slices.pods) {
    const [container] = spec.containers;
    if (container) spec[where].push({ ...container, name: 'istio-proxy', ports: [] });
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
    },
  ],
  ruledOut: [
    { name: 'the same reset without a mesh', facts: asked(reset, () => undefined) },
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
