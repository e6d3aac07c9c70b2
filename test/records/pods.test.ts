import { describe, expect, test } from 'vitest';
import { waitsForTarget } from '../../core/controllers/readiness-gates.ts';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { conclude } from '../../core/diagnosis/conclusion.ts';
import { admitPod } from '../../lab/workloads/admit-pod.ts';
import { objectsOf } from '../../lab/world/object.ts';
import { factsOf } from './facts-of-record.ts';
import { holds } from './known-differences.ts';
import { clusterIn, giveService, labWorld, madeBy } from './lab-of-record.ts';
import { type RecordedService, services } from './record.ts';
import { sceneOfService } from './scenes.ts';

const gated = services.filter(({ name }) => name.startsWith('gates'));

test('there are records of readiness gates', () => expect(gated.length).toBeGreaterThan(4));

describe.each(gated)('$id', (each) => {
  const pods = each.record.pods ?? [];

  test('the lab puts the gates into new pods that the webhook puts there', () => {
    holds(
      { side: 'lab', record: each.id, aspect: 'gates' },
      gatesInLab(each),
      pods.map(({ gates }) => gates.length),
    );
  });

  test('the product sees pods that wait for their targets, and no gate that is stuck', () => {
    const facts = factsOf(sceneOfService(each));
    for (const [index, pod] of facts.slices.pods.entries()) {
      const { gates = [], conditions = [] } = pods[index] ?? {};
      pod.spec.readinessGates = gates;
      pod.status.conditions = [...pod.status.conditions, ...conditions];
    }
    holds(
      { side: 'product', record: each.id, aspect: 'waits' },
      facts.slices.pods.map(waitsForTarget),
      facts.slices.pods.map((_, index) => (pods[index]?.gates.length ?? 0) > 0),
    );
    const causes = conclude(facts, { checks: catalogue }).diagnoses.map(({ cause }) => cause);
    holds({ side: 'product', record: each.id, aspect: 'stuck' }, causes.includes('readiness-gate-stuck'), false);
  });
});

/** How many gates each pod has that is made again once the Service has its bindings. */
function gatesInLab(each: RecordedService): number[] {
  const scene = sceneOfService(each);
  const before = labWorld({ ...scene, pods: 2 });
  giveService(before, { ...scene, pods: 2 });
  const { world } = madeBy(before);
  const cluster = clusterIn(world);
  for (const { metadata } of objectsOf(cluster, 'Namespace'))
    metadata.labels['elbv2.k8s.aws/pod-readiness-gate-inject'] = 'enabled';
  return objectsOf(cluster, 'Pod')
    .filter(({ metadata }) => metadata.namespace === scene.namespace)
    .map((pod) => {
      admitPod(cluster, pod, undefined);
      return pod.spec.readinessGates?.length ?? 0;
    });
}
