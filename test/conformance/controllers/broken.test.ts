import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openListeners } from '../../../lab/wire/targets/listeners.ts';
import { findEngine } from '../engines/controllers.ts';
import { auditLive, type LiveAudit } from './audit-live.ts';
import { type Hands, handsOn } from './hands.ts';
import { type LiveCluster, startLiveCluster } from './live-cluster.ts';
import { awaitController, deleteLive, giveLive } from './live-service.ts';
import { deregisterOne, revokeClientRules, targetGroupOf } from './live-steps.ts';
import { giveShape, plainWorld, type Shape } from './mirror.ts';
import { worldOfLive } from './world-of-live.ts';

const engine = findEngine();
/** Milliseconds for moto, an API server and three controllers on a busy machine. */
const starting = 300_000;
const now = new Date().toISOString();
const base = plainWorld(now);

/** One way to break what works, by the commands of a person. */
interface Break {
  cause: string;
  shape?: Shape;
  work(hands: Hands): Promise<unknown>;
  /** True where the controller has something to do about it. */
  awaited?: true;
}

const service = ['service', 'broken', '--namespace=live'];
const group = async (hands: Hands, ...change: string[]) =>
  hands.aws('elbv2', 'modify-target-group', '--target-group-arn', await targetGroupOf(hands, 'broken'), ...change);
const patch = (hands: Hands, spec: object) =>
  hands.kubectl('patch', ...service, '--type=merge', `--patch=${JSON.stringify({ spec })}`);

const breaks: Break[] = [
  { cause: 'sg-target-missing-health-check-rule', work: revokeClientRules },
  {
    cause: 'hc-live-config-drift',
    work: (hands) => group(hands, '--health-check-port', '9999'),
  },
  {
    cause: 'hc-live-config-drift',
    shape: { healthCheck: { protocol: 'http', path: '/' } },
    work: (hands) => group(hands, '--health-check-path', '/gone'),
  },
  { cause: 'ready-endpoints-not-registered', work: (hands) => deregisterOne(hands, 'broken') },
  {
    cause: 'instance-not-running',
    work: async ({ aws }) => {
      const { Reservations: all } = await aws('ec2', 'describe-instances');
      return aws('ec2', 'stop-instances', '--instance-ids', all[0].Instances[0].InstanceId);
    },
  },
  { cause: 'svc-selector-matches-no-pods', work: (hands) => patch(hands, { selector: { app: 'nobody' } }) },
  {
    cause: 'named-target-port-not-found',
    work: (hands) =>
      patch(hands, { ports: [{ name: 'p80', port: 80, targetPort: 'nope', protocol: 'TCP', nodePort: 30180 }] }),
  },
  {
    cause: 'etp-local-no-local-pod',
    work: (hands) => patch(hands, { externalTrafficPolicy: 'Local', healthCheckNodePort: 32100 }),
    awaited: true,
  },
  {
    cause: 'hc-annotation-invalid',
    work: ({ kubectl }) =>
      kubectl('annotate', ...service, 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval=10s'),
    awaited: true,
  },
  {
    cause: 'workload-scaled-to-zero',
    work: async ({ kubectl }) => {
      await kubectl('scale', 'deployment', 'web', '--namespace=live', '--replicas=0');
      // The controller of Deployments is not here.
      await kubectl('scale', 'replicaset', '--namespace=live', '--replicas=0', '--all');
      return kubectl('delete', 'pods', '--namespace=live', '--selector=app=web', '--force', '--grace-period=0');
    },
  },
];

describe.skipIf(!engine.found)('controllers', () => {
  let live: LiveCluster;
  let hands: Hands;
  const listeners = openListeners();
  beforeAll(async () => {
    if (engine.found) live = await startLiveCluster(engine, base);
    hands = handsOn(live);
  }, starting);
  afterAll(async () => {
    await listeners.close();
    await live?.close();
  });

  const shapeOf = (more: Shape = {}): Shape => ({
    ports: [{ name: 'p80', port: 80, targetPort: 8080, nodePort: 30180 }],
    ...more,
  });
  const give = (shape?: Shape) =>
    awaitController(live, 'broken', () =>
      giveLive(live.plane.admin, giveShape(plainWorld(now), 'broken', shapeOf(shape))),
    );
  afterEach(async () => deleteLive(live.plane.admin, 'broken'));

  test('what the controllers made is healthy by the product, and nothing is said about it', async () => {
    await give();
    const { facts, diagnoses } = await audited();
    expect(facts.slices.targetHealth.map(({ state }) => state)).toEqual(['healthy', 'healthy', 'healthy']);
    expect(diagnoses).toEqual([]);
  });

  test.each(breaks)('$cause: the product names what was broken by hand', async ({ cause, shape, work, awaited }) => {
    await give(shape);
    if (awaited) await awaitController(live, 'broken', () => work(hands));
    else await work(hands);
    const { diagnoses } = await audited();
    expect(diagnoses.map((each) => each.cause)).toEqual([cause]);
  });

  /** Reads what is there, lets packets find it, and audits all of it with probes. */
  async function audited(): Promise<LiveAudit> {
    live.bridge.judge(() => undefined);
    const { facts } = await auditLive(live, { probe: false });
    const world = await worldOfLive(live, base, facts);
    await listeners.apply(world.sockets);
    live.bridge.judge(({ id, port }) =>
      world.targetHealth.find((target) => live.names.get(target.id) === id && target.port === port),
    );
    return auditLive(live, { probe: true });
  }
});
