import { copyOf } from './copy.ts';
import { expectationOf, type Incident, settleWith } from './faults/incident.ts';
import { restart } from './faults/restart.ts';
import type { Expectation } from './scenario.ts';
import { appErrorStatus } from './scenarios/app-error-status.ts';
import { etpLocalNoLocalPod } from './scenarios/etp-local-no-local-pod.ts';
import { hcAnnotationInvalid } from './scenarios/hc-annotation-invalid.ts';
import { hcPathWrongStatus } from './scenarios/hc-path-wrong-status.ts';
import { healthy } from './scenarios/healthy.ts';
import { kubeProxyNodeNameMismatch } from './scenarios/kube-proxy-node-name-mismatch.ts';
import { podCrashloop } from './scenarios/pod-crashloop.ts';
import { podOomkilled } from './scenarios/pod-oomkilled.ts';
import { registrationInProgress } from './scenarios/registration-in-progress.ts';
import { svcSelectorMatchesNoPods } from './scenarios/svc-selector-matches-no-pods.ts';
import { targetGroupNotAttached } from './scenarios/target-group-not-attached.ts';
import { settle } from './settle.ts';
import { type BuildOptions, buildAccount } from './world/account.ts';
import { addCluster, clusterOf } from './world/cluster.ts';
import { before, minute } from './world/moment.ts';
import { addNoise } from './world/noise.ts';
import { objectOf } from './world/object.ts';
import { answerWith } from './world/pod/process.ts';
import { answering, podsOf } from './world/pod/workload.ts';
import type { World } from './world/world.ts';

const shop = { cluster: 'shop' };
const payments = { cluster: 'payments' };

const incidents: Incident[] = [
  { ...shop, namespace: 'web', service: 'storefront', scenario: healthy },
  { ...shop, namespace: 'catalog', service: 'search', scenario: healthy },
  { ...shop, namespace: 'web', service: 'images', scenario: etpLocalNoLocalPod },
  { ...shop, namespace: 'catalog', service: 'prices', scenario: hcPathWrongStatus },
  { ...shop, namespace: 'orders', service: 'checkout', scenario: podCrashloop },
  { ...shop, namespace: 'orders', service: 'basket', scenario: svcSelectorMatchesNoPods },
  { ...shop, namespace: 'orders', service: 'returns', scenario: hcAnnotationInvalid },
  { ...payments, namespace: 'ledger', service: 'journal', scenario: healthy },
  { ...payments, namespace: 'ledger', service: 'statements', scenario: healthy },
  { ...payments, namespace: 'cards', service: 'vault', scenario: registrationInProgress },
  { ...payments, namespace: 'cards', service: 'gateway', scenario: kubeProxyNodeNameMismatch },
  { ...payments, namespace: 'cards', service: 'fraud', scenario: podOomkilled },
  { ...payments, namespace: 'ledger', service: 'settlement', scenario: appErrorStatus },
  { ...payments, namespace: 'ledger', service: 'exports', scenario: targetGroupNotAttached },
];

/** What is true of each Service of the demo. */
export const demoExpectations: Expectation[] = incidents.map(expectationOf);

/** One account, two clusters: healthy Services, eight different faults and two expected states. */
export function demoWorld(options: BuildOptions = {}): World {
  const world = buildAccount(options);
  for (const { cluster } of [shop, payments]) addNoise(world, addCluster(world, { name: cluster }));
  return settleWith(world, incidents);
}

/**
 * The demo at a later moment, half an hour on by default: checkout no longer crashes, the selector of basket is fixed,
 * and journal's pods have begun to fail their readiness probes.
 */
export function demoLater(world: World, now = before(world.now, -30 * minute)): World {
  const later = { ...copyOf(world), now };
  const shopCluster = clusterOf(later, 'shop');
  const basket = objectOf(shopCluster, 'Service', { namespace: 'orders', name: 'basket' });
  basket.spec.selector = { app: 'basket' };
  const checkout = objectOf(shopCluster, 'Deployment', { namespace: 'orders', name: 'checkout' });
  for (const pod of podsOf(shopCluster, checkout)) restart(later, shopCluster, pod);
  const paymentsCluster = clusterOf(later, 'payments');
  // Its containers have been killed again and again in the meantime.
  podOomkilled.strike?.(later, paymentsCluster, { namespace: 'cards', name: 'fraud' });
  const journal = objectOf(paymentsCluster, 'Deployment', { namespace: 'ledger', name: 'journal' });
  answerWith(paymentsCluster, podsOf(paymentsCluster, journal), answering({ '/ready': 503, '*': 200 }));
  return settle(later, { reconcile: false });
}
