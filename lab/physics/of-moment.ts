import type { World } from '../world/world.ts';

/** Works something out once for each moment of a world that is served: nothing in it changes but with its clock. */
export function ofMoment<Value>(workOut: (world: World) => Value): (world: World) => Value {
  const known = new WeakMap<World, { now: string; value: Value }>();
  return (world) => {
    const { now } = world;
    const last = known.get(world);
    if (last?.now === now) return last.value;
    const value = workOut(world);
    known.set(world, { now, value });
    return value;
  };
}
