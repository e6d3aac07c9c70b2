import { hcNamedPortUnresolvable } from '../../core/checks/hc-named-port-unresolvable.ts';
import type { Facts } from '../../core/facts.ts';
import { probe, type SampleOptions } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';
import { annotateHealthCheck, failingHttp } from './http-check.ts';

/** The Service port `admin` leads to the container port of that name; the health check is to go there, and to /ready. */
const named = (change: (facts: Facts) => void, options: SampleOptions & { targetPort?: number | string } = {}) =>
  failingHttp((facts) => {
    const { targetPort = 'admin' } = options;
    for (const { spec } of facts.slices.services) {
      for (const port of spec.ports) port.name = 'web';
      spec.ports.push({ name: 'admin', protocol: 'TCP', port: 81, targetPort, nodePort: 31090 });
    }
    for (const { spec } of facts.slices.pods) {
      for (const { ports } of spec.containers) ports.push({ name: 'admin', containerPort: 9090 });
    }
    annotateHealthCheck(facts, { port: 'admin', path: '/ready' });
    change(facts);
  }, options);
const answers = (live: number, wanted: number) => (facts: Facts) => {
  probe(facts, 'health-check', { kind: 'http', status: live }, { path: '/' });
  probe(facts, 'expected-check', { kind: 'http', status: wanted }, { path: '/ready', port: 9090 });
};
const refusal = (facts: Facts) =>
  facts.slices.events.push({
    namespace: 'shop',
    regarding: { kind: 'Service', name: 'web', namespace: 'shop' },
    type: 'Warning',
    reason: 'FailedBuildModel',
    note: "cannot use named healthCheckPort for IP TargetType when service's targetPort is a named port",
    count: 3,
    firstSeen: facts.takenAt,
    lastSeen: facts.takenAt,
  });

testCheck(hcNamedPortUnresolvable, {
  found: [
    {
      name: 'a port of a port name, with the word of the controller',
      facts: named((facts) => {
        answers(404, 200)(facts);
        refusal(facts);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /healthcheck-port: "admin", and targetPort of that port is "admin"; path stays \/ instead of \/ready; event FailedBuildModel/,
    },
    {
      name: 'the same after the event has expired',
      facts: named(answers(404, 200)),
      targets: [],
      confidence: 'probable',
      saw: 'targetPort of that port is "admin"',
    },
    {
      name: 'a healthy group, as a risk',
      facts: named((facts) => {
        for (const target of facts.slices.targetHealth) target.state = 'healthy';
      }),
      targets: [],
      confidence: 'probable',
      saw: 'targetPort of that port is "admin"',
    },
  ],
  ruledOut: [
    {
      name: 'instance targets, where the name means the NodePort',
      facts: named(answers(404, 200), { targetType: 'instance' }),
    },
    { name: 'a number as targetPort', facts: named(answers(404, 200), { targetPort: 9090 }) },
    { name: 'targets that fail the check asked for as well', facts: named(answers(404, 503)) },
    {
      name: 'a name that no port of the Service has',
      facts: named((facts) => {
        answers(404, 200)(facts);
        annotateHealthCheck(facts, { port: 'metrics' });
      }),
    },
    {
      name: 'cloud-provider-aws, which knows no names',
      facts: named((facts) => {
        answers(404, 200)(facts);
        for (const owner of facts.owners) owner.controller = 'cloud-provider-aws';
      }),
    },
  ],
});
