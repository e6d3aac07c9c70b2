import { expect, test } from 'vitest';
import { emptySurveyMemory } from '../../core/survey/survey-memory.ts';
import { observe } from '../../io/observe.ts';
import { demoWorld } from '../../lab/demo.ts';
import type { World } from '../../lab/world/world.ts';
import { labSession } from './lab-session.ts';

const services = { namespaces: ['web'], services: ['storefront'] };

/** The account of the demo, in which nothing but tags says of which Service a target group is: no listener and no binding. */
function knownByTags(refusals: World['refusals']): World {
  const world = demoWorld({ network: '127.68' });
  const clusters = world.clusters.map((cluster) => ({
    ...cluster,
    objects: cluster.objects.filter(({ kind }) => kind !== 'TargetGroupBinding'),
  }));
  const targetGroups = world.targetGroups.map((group) => ({ ...group, loadBalancerArns: [] }));
  return { ...world, clusters, targetGroups, listeners: [], targetHealth: [], refusals };
}

/** What Services have lost, as a run that was about one of them and had this long saw it. */
async function lostIn(world: World, until: number): Promise<unknown[]> {
  const { clients } = await labSession(world);
  const turn = { memory: emptySurveyMemory(), urgent: new Set<string>(), until };
  const { facts } = await observe(clients, { scope: { services }, probe: false, turn });
  expect(facts.flatMap(({ slices }) => slices.services.map(({ metadata }) => metadata.name))).toContain('storefront');
  return facts.flatMap(({ slices }) => slices.lostBackends);
}

test('a target group that no time was left for is not taken for deleted', async () => {
  expect(await lostIn(knownByTags([]), 0)).toEqual([]);
});

test('neither is one whose tags could not be read', async () => {
  const refusal = { action: 'elasticloadbalancing:DescribeTags', error: 'AccessDenied' } as const;
  expect(await lostIn(knownByTags([refusal]), Number.POSITIVE_INFINITY)).toEqual([]);
});
