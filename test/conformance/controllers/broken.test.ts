import { setTimeout as sleep } from 'node:timers/promises';
import { StartInstancesCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openListeners } from '../../../lab/wire/targets/listeners.ts';
import { findEngine } from '../engines/controllers.ts';
import type { AdminClient } from '../kubernetes/admin-client.ts';
import { canBind } from '../kubernetes/can-bind.ts';
import { auditLasting } from './audit-lasting.ts';
import { type LiveCluster, startLiveCluster } from './live-cluster.ts';
import { deleteLive, giveLive } from './live-service.ts';
import { deregisterOne, modifyTargetGroup, revokeClientRules } from './live-steps.ts';
import { giveShape, plainWorld, type Shape } from './mirror.ts';
import { startCloudProvider } from './start-cloud-provider.ts';

const engine = findEngine();
/** Milliseconds for moto, an API server and three controllers on a busy machine. */
const starting = 300_000;
const now = new Date().toISOString();
const base = plainWorld(now);

/** One thing that a person does to what works, by a call of AWS or Kubernetes. */
interface Break {
  name: string;
  cause: string;
  shape?: Shape;
  work(live: LiveCluster): Promise<unknown>;
  /** True where the controller has something to do about it. */
  awaited?: true;
  undo?(live: LiveCluster): Promise<unknown>;
}

const service = '/api/v1/namespaces/live/services/broken';
const patch = async (admin: AdminClient, path: string, change: object): Promise<void> => {
  const { status, body } = await admin.call('PATCH', path, change);
  if (status !== 200) throw new Error(`PATCH ${path}: ${status} ${body.message}`);
};
const spec = ({ plane }: LiveCluster, change: object) => patch(plane.admin, service, { spec: change });
const annotate = ({ plane }: LiveCluster, end: string, value: string) =>
  patch(plane.admin, service, {
    metadata: { annotations: { [`service.beta.kubernetes.io/aws-load-balancer-${end}`]: value } },
  });
/** The instance of the node on which no pod of the workload runs. */
const emptyInstance = ({ names }: LiveCluster): string[] => [names.get(base.instances.at(-1)?.id ?? '')];

const breaks: Break[] = [
  {
    name: 'the rules that let clients and health checks in are revoked',
    cause: 'sg-target-missing-health-check-rule',
    work: ({ ec2 }) => revokeClientRules(ec2),
  },
  {
    name: 'the port of the health check is changed in AWS',
    cause: 'hc-live-config-drift',
    work: (live) => modifyTargetGroup(live, 'broken', { HealthCheckPort: '9999' }),
  },
  {
    name: 'the path of the health check is changed in AWS',
    cause: 'hc-live-config-drift',
    shape: { healthCheck: { protocol: 'http', path: '/' } },
    work: (live) => modifyTargetGroup(live, 'broken', { HealthCheckPath: '/gone' }),
  },
  {
    name: 'a target is deregistered',
    cause: 'ready-endpoints-not-registered',
    work: (live) => deregisterOne(live, 'broken'),
  },
  {
    name: 'an instance is stopped',
    cause: 'instance-not-running',
    work: (live) => live.ec2.send(new StopInstancesCommand({ InstanceIds: emptyInstance(live) })),
    undo: (live) => live.ec2.send(new StartInstancesCommand({ InstanceIds: emptyInstance(live) })),
  },
  {
    name: 'the selector is changed to one of no pod',
    cause: 'svc-selector-matches-no-pods',
    work: (live) => spec(live, { selector: { app: 'web2' } }),
  },
  {
    name: 'the target port is given a name that no container has',
    cause: 'named-target-port-not-found',
    work: (live) =>
      spec(live, { ports: [{ name: 'p80', port: 80, targetPort: 'web', protocol: 'TCP', nodePort: 30180 }] }),
  },
  {
    name: 'the policy is changed to Local',
    cause: 'etp-local-no-local-pod',
    work: (live) => spec(live, { externalTrafficPolicy: 'Local', healthCheckNodePort: 32100 }),
    awaited: true,
  },
  {
    name: 'the interval is given a unit',
    cause: 'hc-annotation-invalid',
    work: (live) => annotate(live, 'healthcheck-interval', '10s'),
    awaited: true,
  },
  {
    name: 'the workload is scaled to zero',
    cause: 'workload-scaled-to-zero',
    async work({ plane: { admin } }) {
      const apps = '/apis/apps/v1/namespaces/live';
      const pods = '/api/v1/namespaces/live/pods';
      await patch(admin, `${apps}/deployments/web`, { spec: { replicas: 0 } });
      // The controllers of Deployments and ReplicaSets are not here.
      const { body: sets } = await admin.call('GET', `${apps}/replicasets`);
      for (const { metadata } of sets.items)
        await patch(admin, `${apps}/replicasets/${metadata.name}`, { spec: { replicas: 0 } });
      const { body: all } = await admin.call('GET', `${pods}?labelSelector=app%3Dweb`);
      for (const { metadata } of all.items) await admin.call('DELETE', `${pods}/${metadata.name}?gracePeriodSeconds=0`);
    },
  },
];

/** Only where targets can listen at the addresses of the world they can be probed. */
const probing = await canBind('10.20.0.1');

describe.skipIf(!engine.found || !probing)('controllers', () => {
  let live: LiveCluster;
  const listeners = openListeners();
  beforeAll(async () => {
    if (engine.found)
      live = await startLiveCluster({ programs: engine, world: base, start: startCloudProvider(engine.cloudProvider) });
  }, starting);
  afterAll(async () => {
    await listeners.close();
    await live?.close();
  });

  const give = (shape: Shape = {}) =>
    live.controller.after('broken', () => giveLive(live.plane.admin, giveShape(plainWorld(now), 'broken', shape)));
  afterEach(() => deleteLive(live.plane.admin, 'broken'), 100_000);

  test('what the controllers made is healthy by the product, and nothing is said about it', async () => {
    await give();
    const { facts, diagnoses } = await auditLasting(live, base, listeners);
    expect(facts.slices.targetHealth.map(({ state }) => state)).toEqual(['healthy', 'healthy', 'healthy']);
    expect(diagnoses).toEqual([]);
  });

  test.each(breaks)('$name: the product names $cause', async ({ cause, shape, work, awaited, undo }) => {
    await give(shape);
    // Events know seconds only: what fails has to come in a later one than what went well before.
    await sleep(1000);
    if (awaited) await live.controller.after('broken', () => work(live));
    else await work(live);
    const { diagnoses } = await auditLasting(live, base, listeners);
    await undo?.(live);
    expect(diagnoses.map((each) => each.cause)).toEqual([cause]);
  });
});
