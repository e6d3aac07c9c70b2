import { expect, test } from 'vitest';
import { settle } from '../../../lab/settle.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import { healthCheckAnnotations } from '../../../lab/world/service.ts';
import type { World } from '../../../lab/world/world.ts';
import { cluster, oneService, service } from './one-service.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';
const refused = 'Error syncing load balancer: failed to ensure load balancer: ';
const warnings = (world: World): string[] =>
  objectsOf(cluster(world), 'Event')
    .filter(({ type }) => type === 'Warning')
    .map(({ message }) => message);

/** The world after a change of the annotations. */
function annotated(world: World, change: (annotations: Record<string, string>) => void): World {
  const changed = structuredClone(world);
  change(service(changed).metadata.annotations);
  return settle(changed);
}

test('cloud-provider-aws makes no load balancer for the internet where every subnet is private', () => {
  const world = oneService({ controller: 'ccm', annotations: { [`${prefix}internal`]: 'false' } });
  expect(world.loadBalancers).toEqual([]);
  expect(warnings(world)).toEqual([`${refused}could not find any suitable subnets for creating the ELB`]);
});

test('cloud-provider-aws changes nothing and complains where the annotation of the type is taken away', () => {
  const world = oneService({ controller: 'ccm' });
  const after = annotated(world, (annotations) => {
    delete annotations[`${prefix}type`];
    annotations[`${prefix}healthcheck-interval`] = '10';
  });
  expect(after.targetGroups).toEqual(world.targetGroups);
  expect(warnings(after)).toEqual([
    `${refused}cannot update Load Balancer Type annotation "${prefix}type" after creation for Classic Load Balancer`,
  ]);
});

test('cloud-provider-aws never sends an unhealthy threshold that changes alone, so that AWS does not refuse it', () => {
  const world = oneService({ controller: 'ccm' });
  const change = (settings: Record<string, string>) =>
    annotated(world, (annotations) => Object.assign(annotations, healthCheckAnnotations(settings)));
  expect(warnings(change({ 'unhealthy-threshold': '11' }))).toEqual([]);
  expect(warnings(change({ 'healthy-threshold': '11' }))).toEqual([
    expect.stringContaining(
      'error modifying target group health check: "operation error Elastic Load Balancing v2: Modify',
    ),
  ]);
});

test('what AWS refuses of a new load balancer is wrapped by the steps of cloud-provider-aws', () => {
  const world = oneService({ controller: 'ccm', healthCheck: { interval: '400' } });
  expect(world.targetGroups).toEqual([]);
  expect(warnings(world)).toEqual([
    expect.stringContaining(
      `${refused}error creating listener: "error creating load balancer target group: \\"operation error Elastic Load`,
    ),
  ]);
});
