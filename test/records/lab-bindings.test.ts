import { describe, test } from 'vitest';
import type { BindingNetworking } from '../../lab/world/kubernetes-object.ts';
import { objectsOf } from '../../lab/world/object.ts';
import { addOwnTargetGroup } from '../../lab/world/own-target-group.ts';
import { holds } from './known-differences.ts';
import { clusterIn, giveService, type LabScene, labWorld, madeBy } from './lab-of-record.ts';
import { admitted, complaintsOf } from './own-bindings.ts';

/** The Service of the records, which has no load balancer of its own. */
const scene: LabScene = {
  cluster: 'prod',
  release: '3.5.0',
  namespace: 'd-own',
  name: 'web',
  annotations: {},
  spec: { type: 'ClusterIP', ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }] },
  pods: 1,
};

describe.each(admitted)('%s', (name, record) => {
  const ask = (aspect: string) => ({ side: 'lab' as const, record: `lbc-3.5.0-bindings/${name}`, aspect });

  test('the lab serves the binding as the controller does', () => {
    const before = labWorld(scene);
    giveService(before, scene);
    const { serviceRef, networking, targetType = 'ip' } = record.spec;
    const binding = addOwnTargetGroup(before, clusterIn(before), {
      place: { namespace: scene.namespace, name: 'web' },
      servicePort: serviceRef.port,
      targetType,
      port: 8080,
      listenerPort: 80,
      ...(networking && { networking: () => networking as BindingNetworking }),
    });
    binding.spec.serviceRef.name = serviceRef.name;
    const { world } = madeBy(before);
    const complaints = objectsOf(clusterIn(world), 'Event')
      .filter(({ type, involvedObject }) => type === 'Warning' && involvedObject.kind === 'TargetGroupBinding')
      .map(({ reason, message }) => `${reason}: ${message}`);
    holds(ask('complaints'), complaints, complaintsOf(record));
    holds(ask('targets'), world.targetHealth.length > 0, complaintsOf(record).length === 0);
  });
});
