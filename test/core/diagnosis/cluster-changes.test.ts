import { expect, test } from 'vitest';
import { clusterChanges } from '../../../core/diagnosis/changes/cluster-changes.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Event, Workload } from '../../../core/model/kubernetes.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { deployment, event, fail, sampleFacts } from '../sample-facts.ts';

function changesIn(facts: Facts) {
  fail(facts.slices.targetHealth);
  return groupsOf(facts).flatMap((group) => clusterChanges(group, facts));
}

const version = (name: string, image: string, createdAt: string): Workload => {
  const { spec, ...rest } = deployment(2);
  const container = { name: 'app', image, command: [], args: [], env: [], ports: [] };
  return {
    ...rest,
    kind: 'ReplicaSet',
    metadata: {
      ...rest.metadata,
      name,
      creationTimestamp: createdAt,
      ownerReferences: [{ kind: 'Deployment', name: 'web', uid: 'web' }],
    },
    spec: { ...spec, template: { ...spec.template, containers: [container] } },
  };
};

test('each version of the workload says which image it brought, also where its pods are gone', () => {
  const facts = sampleFacts();
  facts.slices.workloads = [
    deployment(2),
    version('web-2', 'shop/web:2', '2026-11-20T11:40:00Z'),
    version('web-1', 'shop/web:1', '2026-11-20T09:00:00Z'),
    version('web-3', 'shop/web:2', '2026-11-20T11:50:00Z'),
  ];
  const versions = changesIn(facts).filter(({ action }) => action === 'started the version');
  expect(versions.map(({ at, object, detail }) => [at, object, detail])).toEqual([
    ['2026-11-20T09:00:00Z', 'shop/web-1', 'shop/web:1'],
    ['2026-11-20T11:40:00Z', 'shop/web-2', 'shop/web:1 → shop/web:2'],
    ['2026-11-20T11:50:00Z', 'shop/web-3', 'the same images'],
  ]);
});

test('who wrote the Service, its workload and the add-ons of the nodes is told with the moment; other namespaces are not', () => {
  const facts = sampleFacts();
  const at = '2026-11-20T11:41:00Z';
  const addOn = (namespace: string): Workload => ({
    ...deployment(3, { app: 'aws-node' }),
    kind: 'DaemonSet',
    metadata: { ...deployment(3).metadata, name: 'aws-node', namespace, writes: [{ manager: 'eks', at }] },
  });
  facts.slices.workloads = [addOn('kube-system'), addOn('elsewhere')];
  for (const { metadata } of facts.slices.services) metadata.writes = [{ manager: 'kubectl-edit', at }];
  const writes = changesIn(facts).filter(({ action }) => action === 'wrote');
  expect(writes).toEqual([
    { at, actor: 'kubectl-edit', tool: 'Kubernetes', action: 'wrote', object: 'Service shop/web' },
    { at, actor: 'eks', tool: 'Kubernetes', action: 'wrote', object: 'DaemonSet kube-system/aws-node' },
  ]);
});

test('events about the pods and the Service are told once for a reason, the earliest first; what is normal is not', () => {
  const facts = sampleFacts();
  const [first, second] = facts.slices.pods.map(({ metadata }) => metadata.name);
  const seen = (name: string, change: Partial<Event>): Event => ({
    ...event('Pod', name, 'Unhealthy', 'Readiness probe failed: HTTP 503'),
    type: 'Warning',
    ...change,
  });
  facts.slices.events = [
    seen(second ?? '', { firstSeen: '2026-11-20T11:43:00Z' }),
    seen(first ?? '', { firstSeen: '2026-11-20T11:42:00Z', note: 'x'.repeat(500) }),
    seen(first ?? '', { type: 'Normal', reason: 'Pulled' }),
    seen('another', { reason: 'BackOff' }),
  ];
  const told = changesIn(facts).filter(({ action }) => !['admitted the node', 'started the version'].includes(action));
  expect(told).toEqual([
    {
      at: '2026-11-20T11:42:00Z',
      actor: null,
      tool: 'Kubernetes',
      action: 'Unhealthy',
      object: `Pod shop/${first} and 1 more`,
      detail: expect.stringMatching(/^x{159}…$/),
    },
  ]);
});
