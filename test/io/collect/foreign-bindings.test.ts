import { expect, test } from 'vitest';
import { collect } from '../../../io/collect/collect.ts';
import { survey } from '../../../io/survey/survey.ts';
import { sharedTargetGroupConflict } from '../../../lab/scenarios/shared-target-group-conflict.ts';
import { labSession } from '../lab-session.ts';

test('the Facts of a cluster show who else binds its target groups', async () => {
  const { clients } = await labSession(sharedTargetGroupConflict.build({ network: '127.74' }));
  const [shop, green, ...more] = await collect((await survey(clients, {})).inventory, clients);
  expect([shop?.cluster?.name, green?.cluster?.name, more]).toEqual(['shop', 'shop-green', []]);
  expect(shop?.slices.foreignBindings).toMatchObject([
    { cluster: 'shop-green', binding: { metadata: { namespace: 'orders' } } },
  ]);
  expect(shop?.slices.targetGroups.map(({ arn }) => arn)).toContain(
    shop?.slices.foreignBindings[0]?.binding.spec.targetGroupARN,
  );
  expect(green?.slices.foreignBindings).toEqual([]);
});
