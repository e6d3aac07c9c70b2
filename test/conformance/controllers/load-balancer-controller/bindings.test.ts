import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupsOf } from '../../../../core/model/target-group-context.ts';
import { settle } from '../../../../lab/settle.ts';
import { clusterOf } from '../../../../lab/world/cluster.ts';
import { addClusterIpService, addNodePortService } from '../../../../lab/world/cluster-ip-service.ts';
import type { BindingNetworking, Service, TargetGroupBinding } from '../../../../lab/world/kubernetes-object.ts';
import { addOwnTargetGroup } from '../../../../lab/world/own-target-group.ts';
import type { World } from '../../../../lab/world/world.ts';
import { findEngine } from '../../engines/load-balancer-controller.ts';
import { auditLive } from '../audit-live.ts';
import { holds, type Score } from '../known-differences.ts';
import { type LiveCluster, startLiveCluster } from '../live-cluster.ts';
import { deleteLive, giveLive } from '../live-service.ts';
import { controlledWorld } from './controlled-world.ts';
import { type HandMade, makeByHand } from './hand-made.ts';
import { madeByLab, madeLive } from './made.ts';
import { startController } from './start-controller.ts';

const engine = findEngine();
/** Milliseconds for moto, an API server and three controllers on a busy machine. */
const starting = 300_000;
const path = '/apis/elbv2.k8s.aws/v1beta1/namespaces/live/targetgroupbindings';

/** A TargetGroupBinding that a person wrote for the Service `web`. */
interface BindingCase {
  name: string;
  targetType?: 'instance' | 'ip';
  /** The Service has NodePorts. */
  nodePort?: true;
  /** Names the target group instead of giving its ARN. */
  byName?: true;
  serviceRef?: Partial<TargetGroupBinding['spec']['serviceRef']>;
  networking?: BindingNetworking;
  /** Causes that the product has to name, with every target healthy. */
  causes?: string[];
}

const cases: BindingCase[] = [
  { name: 'by-arn' },
  { name: 'by-name', byName: true },
  { name: 'of-nodes', targetType: 'instance', nodePort: true },
  { name: 'port-by-name', serviceRef: { port: 'p80' } },
  {
    name: 'networking',
    networking: {
      ingress: [{ from: [{ ipBlock: { cidr: '10.20.0.0/24' } }], ports: [{ protocol: 'TCP', port: 8080 }] }],
    },
  },
  { name: 'no-service', serviceRef: { name: 'nope' }, causes: ['tgb-backend-reference-broken'] },
  { name: 'no-port', serviceRef: { port: 'https' }, causes: ['tgb-backend-reference-broken'] },
  { name: 'nodes-of-cluster-ip', targetType: 'instance', causes: ['nodeport-not-allocated'] },
];

describe.skipIf(!engine.found)('load-balancer-controller', () => {
  let live: LiveCluster;
  const base = controlledWorld(new Date().toISOString());
  const score: Score = { agreed: 0, known: 0, differed: 0 };
  beforeAll(async () => {
    if (!engine.found) return;
    const start = startController(engine.loadBalancerController);
    live = await startLiveCluster({ programs: engine, world: base, start });
  }, starting);
  afterAll(async () => {
    await live?.close();
    console.log(
      `load-balancer-controller: ${cases.length} TargetGroupBindings made by hand, ${score.agreed} comparisons agreed, ` +
        `${score.known} known differences, ${score.differed} others`,
    );
  });

  test.each(cases)(
    'a binding made by hand, $name: the lab and the product say what the controller does',
    async (each) => {
      const { name, targetType = 'ip', causes = [] } = each;
      const { admin } = live.plane;
      const { world, service } = simulated(each);
      const made = await makeByHand(live, base, { name, targetType });
      try {
        await live.controller.after('web', async () => {
          await giveLive(admin, service);
          const { status, body } = await bind(each, made);
          if (status !== 201) throw new Error(`TargetGroupBinding ${name}: ${status} ${body.message}`);
        });
        const audit = await auditLive(live, { probe: false });
        const { slices } = audit.facts;
        const ours = madeByLab(world);
        const real = madeLive(audit);
        for (const aspect of ['rules', 'bindings', 'complaints'] as const)
          holds({ side: 'lab', name, aspect, score }, ours[aspect], real[aspect]);
        holds({ side: 'lab', name, aspect: 'targets', score }, targetsIn(world), targetsIn(slices));
        const owners = groupsOf(audit.facts).map(({ owner }) => [owner?.controller, owner?.service, owner?.by]);
        const referred = each.serviceRef?.name ?? 'web';
        const expected = ['aws-load-balancer-controller', referred, 'target-group-binding'];
        holds({ side: 'product', name, aspect: 'owner', score }, owners, [expected]);
        const found = audit.diagnoses.map(({ cause }) => cause ?? 'unexplained');
        holds({ side: 'product', name, aspect: 'causes', score }, found, causes);
      } finally {
        await live.controller.after('web', async () => {
          await admin.call('DELETE', `${path}/${name}`);
          await deleteLive(admin, 'web');
        });
        await made.remove();
      }
    },
  );

  test('a second binding of a target group and one of none are refused by the webhook', async () => {
    const made = await makeByHand(live, base, { name: 'twice', targetType: 'ip' });
    await live.controller.after('web', () => bind({ name: 'first' }, made));
    const second = await bind({ name: 'second' }, made);
    const none = await bind({ name: 'none' }, { targetGroupArn: made.targetGroupArn.replace('twice', 'never') });
    await live.controller.after('web', () => live.plane.admin.call('DELETE', `${path}/first`));
    await made.remove();
    expect([second.status, none.status]).toEqual([403, 403]);
    expect(second.body.message).toContain('is already bound to following TargetGroupBindings [live/first]');
    expect(none.body.message).toMatch(/"mtargetgroupbinding.elbv2.k8s.aws" denied .* TargetGroupNotFound/);
  });

  const bind = (
    { name, byName, serviceRef, networking, targetType }: BindingCase,
    made: Pick<HandMade, 'targetGroupArn'>,
  ) =>
    live.plane.admin.call('POST', path, {
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'TargetGroupBinding',
      metadata: { name, namespace: 'live' },
      spec: {
        ...(byName ? { targetGroupName: name } : { targetGroupARN: made.targetGroupArn }),
        ...(targetType && { targetType }),
        serviceRef: { name: 'web', port: 80, ...serviceRef },
        ...(networking && { networking }),
      },
    });
});

/** The same in the lab. */
function simulated({ targetType = 'ip', nodePort, serviceRef, networking }: BindingCase): {
  world: World;
  service: Service;
} {
  const world = controlledWorld();
  const cluster = clusterOf(world, 'shop');
  const ports: [{ name: string; port: number; targetPort: number; nodePort: number }] = [
    { name: 'p80', port: 80, targetPort: 8080, nodePort: 30180 },
  ];
  const add = nodePort ? addNodePortService : addClusterIpService;
  const service = add(world, cluster, { namespace: 'live', name: 'web', ports });
  const binding = addOwnTargetGroup(world, cluster, {
    place: { namespace: 'live', name: 'web' },
    servicePort: serviceRef?.port ?? 80,
    targetType,
    port: 8080,
    listenerPort: 80,
    ...(networking && { networking: () => networking }),
  });
  Object.assign(binding.spec.serviceRef, serviceRef);
  return { world: settle(world), service };
}

const targetsIn = ({ targetHealth }: Pick<World, 'targetHealth'>): string[] =>
  targetHealth
    .filter(({ state }) => state !== 'draining')
    .map(({ id, port }) => `${id}:${port}`)
    .toSorted();
