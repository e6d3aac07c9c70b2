import type { World } from './world/world.ts';

/** The same world in another account or Region; a world is built in 111122223333, eu-west-1. */
export function relocate(world: World, { account = world.account, region = world.region }: Partial<World>): World {
  const text = JSON.stringify(world).replaceAll(world.account, account).replaceAll(world.region, region);
  return JSON.parse(text) as World;
}
