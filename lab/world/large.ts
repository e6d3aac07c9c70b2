import { type Incident, settleWith } from '../faults/incident.ts';
import { hcPortWrong } from '../scenarios/hc-port-wrong.ts';
import { podCrashloop } from '../scenarios/pod-crashloop.ts';
import { podReadinessProbeFailing } from '../scenarios/pod-readiness-probe-failing.ts';
import { svcSelectorMatchesNoPods } from '../scenarios/svc-selector-matches-no-pods.ts';
import { workloadScaledToZero } from '../scenarios/workload-scaled-to-zero.ts';
import { type BuildOptions, buildAccount } from './account.ts';
import { addCluster } from './cluster.ts';
import { addWorkload } from './pod/workload.ts';
import { addService } from './service.ts';
import type { World } from './world.ts';

// Instance targets only, so that every group has as many targets as there are nodes.
const faults = [svcSelectorMatchesNoPods, hcPortWrong, podCrashloop, podReadinessProbeFailing, workloadScaledToZero];

export interface LargeOptions extends BuildOptions {
  services: number;
  /** Targets of all Services together, a multiple of `services`. */
  targets: number;
}

/** One cluster with many Services, half of them with ip targets; every tenth is broken. */
export function largeWorld({ services, targets, ...options }: LargeOptions): World {
  const world = buildAccount(options);
  const perService = Math.round(targets / services);
  const cluster = addCluster(world, { name: 'large', nodes: perService });
  const incidents: Incident[] = [];
  for (let index = 0; index < services; index += 1) {
    const place = { namespace: `team-${index % 10}`, name: `service-${index}` };
    const scenario = faults[Math.floor(index / 10) % faults.length];
    if (index % 10 === 9 && scenario) {
      incidents.push({ scenario, cluster: 'large', namespace: place.namespace, service: place.name });
      continue;
    }
    const targetType = index % 2 === 0 ? 'ip' : 'instance';
    addWorkload(world, cluster, { ...place, replicas: targetType === 'ip' ? perService : 2 });
    addService(world, cluster, { ...place, targetType, healthCheck: { timeout: '2' } });
  }
  return settleWith(world, incidents);
}
