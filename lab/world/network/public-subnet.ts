import type { World } from '../world.ts';

/** True for a subnet whose default route leads to an internet gateway. */
export function isPublic({ routeTables }: World, subnetId: string): boolean {
  const table =
    routeTables.find(({ subnetIds }) => subnetIds.includes(subnetId)) ?? routeTables.find(({ main }) => main);
  return (table?.routes ?? []).some(
    ({ destination, target, state }) => destination === '0.0.0.0/0' && target.startsWith('igw-') && state === 'active',
  );
}
