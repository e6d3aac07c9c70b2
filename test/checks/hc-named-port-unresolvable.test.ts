import { hcNamedPortUnresolvable } from '../../core/checks/configuration/hc-named-port-unresolvable.ts';
import type { Facts } from '../../core/model/facts.ts';
import { event, probe, type SampleOptions } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';
import { annotateHealthCheck, bothPods, failingHttp } from './http-check.ts';

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
const answers = (live: number, wanted: number, only?: string) => (facts: Facts) => {
  const here = only === undefined ? {} : { only };
  probe(facts, 'health-check', { kind: 'http', status: live }, { path: '/', ...here });
  probe(facts, 'expected-check', { kind: 'http', status: wanted }, { path: '/ready', port: 9090, ...here });
};
const inVain = "cannot use named healthCheckPort for IP TargetType when service's targetPort is a named port";
const refusal = (facts: Facts, note = inVain) =>
  facts.slices.events.push(event('Service', 'web', 'FailedBuildModel', note));

testCheck(hcNamedPortUnresolvable, {
  found: [
    {
      name: 'a port of a port name, with the word of the controller',
      facts: named((facts) => {
        answers(404, 200)(facts);
        refusal(facts);
      }),
      targets: bothPods,
      confidence: 'confirmed',
      saw: /healthcheck-port: "admin", and targetPort of that port is "admin"; path stays \/ instead of \/ready; event FailedBuildModel/,
    },
    {
      name: 'the same after the event has expired',
      facts: named(answers(404, 200)),
      targets: bothPods,
      confidence: 'probable',
      saw: 'targetPort of that port is "admin"',
    },
    {
      name: 'a refusal of the controller about something else, which comes before the port',
      facts: named((facts) => {
        answers(404, 200)(facts);
        refusal(facts, 'unable to resolve at least one subnet');
      }),
      targets: bothPods,
      confidence: 'probable',
      saw: /instead of \/ready$/m,
    },
    {
      name: 'one of two targets, where the other one would fail all the same',
      facts: named((facts) => {
        answers(404, 200, '10.0.0.100')(facts);
        answers(404, 503, '10.0.1.100')(facts);
      }),
      targets: ['10.0.0.100'],
      confidence: 'probable',
      saw: 'path stays / instead of /ready',
    },
    {
      name: 'a port of its own that never arrived, where nothing was probed',
      facts: named(() => undefined),
      targets: bothPods,
      confidence: 'probable',
      saw: 'targetPort of that port is "admin"',
    },
    {
      name: 'EKS Auto Mode, of which it is not known, before its event is seen',
      facts: named((facts) => {
        answers(404, 200)(facts);
        for (const owner of facts.owners) owner.controller = 'eks-auto-mode';
      }),
      targets: bothPods,
      confidence: 'possible',
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
      name: 'a name that leads to the port that is checked anyway, where nothing was probed',
      facts: named((facts) => {
        annotateHealthCheck(facts, { path: '/' });
        for (const { spec } of facts.slices.pods) {
          for (const { ports } of spec.containers)
            ports.splice(0, ports.length, { name: 'admin', containerPort: 8080 });
        }
      }),
    },
    {
      name: 'the Gateway API, which reads no annotations of the Service',
      facts: named((facts) => {
        answers(404, 200)(facts);
        for (const owner of facts.owners) owner.controller = 'aws-load-balancer-controller-gateway';
      }),
    },
    {
      name: 'a target group made by hand, with a binding to the Service',
      facts: named((facts) => {
        answers(404, 200)(facts);
        for (const owner of facts.owners) owner.by = 'target-group-binding';
      }),
    },
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
