import type { Listeners } from '../../../lab/wire/targets/listeners.ts';
import { minute } from '../../../lab/world/moment.ts';
import type { World } from '../../../lab/world/world.ts';
import { auditLive, type LiveAudit } from './audit-live.ts';
import type { LiveCluster } from './live-cluster.ts';
import { worldOfLive } from './world-of-live.ts';

/**
 * Reads what is there, lets packets find it, and audits all of it with probes, ten minutes later. `base` is the world from which
 * the account was made.
 */
export async function auditLasting(live: LiveCluster, base: World, listeners: Listeners): Promise<LiveAudit> {
  live.bridge.judge(() => undefined);
  const { facts } = await auditLive(live, { probe: false });
  const world = await worldOfLive(live, base, facts);
  await listeners.apply(world.sockets);
  live.bridge.judge(({ id, port }) =>
    world.targetHealth.find((target) => target.id === live.names.translate(id) && target.port === port),
  );
  return auditLive(live, { probe: true, later: 10 * minute });
}
