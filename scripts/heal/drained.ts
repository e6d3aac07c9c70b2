import type { World } from '../../lab/world/world.ts';

/** The world once deregistration delays are over. */
export const drained = (world: World): World => ({
  ...world,
  registrations: (world.registrations ?? []).filter(({ deregisteredAt }) => deregisteredAt === undefined),
});
