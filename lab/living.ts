import { type Noticed, nothing, retried, together } from './controller/noticed.ts';
import { copyOf } from './copy.ts';
import { settle } from './settle.ts';
import type { ClusterEdit } from './wire/kubernetes/api-server.ts';
import { follow } from './workloads/follow.ts';
import { followInstances } from './workloads/instances.ts';
import { clusterOf } from './world/cluster.ts';
import { moveTo } from './world/pass-time.ts';
import type { World } from './world/world.ts';

/** A world that people change while it is served. */
export interface Living {
  /** Changes AWS: load balancing controllers learn nothing of it, and come back only to what failed. */
  changeAws(edit: (draft: World) => object): Promise<object>;
  /** Changes a cluster; what its controllers do about it has followed when the promise resolves. */
  changeCluster(name: string, edit: ClusterEdit): Promise<ReturnType<ClusterEdit>['answer']>;
  /** Lets the world move along with the clock. */
  keepPace(): void;
}

interface Served {
  world(): World;
  apply(world: World): Promise<void>;
  /** Called where only time has passed. */
  refresh(): void;
  /** RFC 3339. */
  clock(): string;
}

/** Lets a served world be changed, one change after the other. */
export function living({ world, apply, refresh, clock }: Served): Living {
  let last: Promise<unknown> = Promise.resolve();

  function change<Result>(edit: (draft: World) => { result: Result; noticed: Map<string, Noticed> }): Promise<Result> {
    const done = last.then(async () => {
      const draft = copyOf(world());
      const instances = draft.instances.map(({ id, state }) => ({ id, state }));
      const { result, noticed } = edit(draft);
      followInstances(draft, instances);
      const isNodeLost = draft.instances.some(
        ({ id, state }) => instances.find((each) => each.id === id)?.state !== state,
      );
      const looks: Noticed = isNodeLost ? { ...nothing, targets: 'all' } : nothing;
      const reconcile = (cluster: World['clusters'][number]): Noticed =>
        [noticed.get(cluster.cluster.name) ?? nothing, retried(cluster)].reduce(together, looks);
      await apply(settle(draft, { reconcile }));
      return result;
    });
    last = done.catch(() => undefined);
    return done;
  }

  return {
    changeAws: (edit) => change((draft) => ({ result: edit(draft), noticed: new Map() })),
    changeCluster: (name, edit) =>
      change((draft) => {
        const cluster = clusterOf(draft, name);
        const { written, answer } = edit(draft, cluster);
        return { result: answer, noticed: new Map([[name, follow(draft, cluster, written)]]) };
      }),
    keepPace() {
      if (Date.parse(clock()) - Date.parse(world().now) < 1000) return;
      moveTo(world(), clock());
      refresh();
    },
  };
}
