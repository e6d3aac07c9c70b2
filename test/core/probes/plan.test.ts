import { expect, test } from 'vitest';
import { planProbes } from '../../../core/probes/plan.ts';
import { changeHealthCheck } from '../../checks/http-check.ts';
import { fail, type SampleOptions, sampleFacts } from '../sample-facts.ts';

/** The paths asked beside that of an HTTP health check on this port, whose pods are asked for readiness on `readyPort`. */
function readinessPaths(healthCheckPort: number, readyPort: number, options: SampleOptions) {
  const facts = sampleFacts(options);
  changeHealthCheck(facts, { protocol: 'HTTP', path: '/', port: String(healthCheckPort) });
  for (const target of facts.slices.targetHealth) target.healthCheckPort = healthCheckPort;
  for (const { spec } of facts.slices.pods) {
    for (const container of spec.containers)
      container.readinessProbe = { httpGet: { path: '/ready', port: readyPort } };
  }
  for (const { spec } of facts.slices.services) {
    spec.ports.push({ name: 'admin', protocol: 'TCP', port: 81, targetPort: 8081, nodePort: 31081 });
  }
  fail(facts.slices.targetHealth);
  const probes = planProbes(facts).filter(({ purpose }) => purpose === 'readiness-path');
  return [...new Set(probes.map(({ request }) => `${request.path} ${request.port}`))];
}

test.each([
  ['the traffic port of a pod', 8080, 8080, { targetType: 'ip' }, ['/ready 8080']],
  ['another port of a pod', 8081, 8081, { targetType: 'ip' }, ['/ready 8081']],
  ['the NodePort of the traffic', 31080, 8080, {}, ['/ready 31080']],
  ['the NodePort of another port', 31081, 8081, {}, ['/ready 31081']],
  ['another port than readiness', 8081, 8080, { targetType: 'ip' }, []],
  ['another NodePort than readiness', 31081, 8080, {}, []],
  ['a port of the node', 9100, 9100, {}, []],
] as const)('the readiness path is asked where the health check goes to %s', (_, port, readyPort, options, paths) => {
  expect(readinessPaths(port, readyPort, options)).toEqual(paths);
});
