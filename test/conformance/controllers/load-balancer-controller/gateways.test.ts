import { afterAll, beforeAll, describe, test } from 'vitest';
import { deviations, expectedHealthCheck } from '../../../../core/controllers/expected-health-check.ts';
import { groupsOf } from '../../../../core/model/target-group-context.ts';
import { clusterOf } from '../../../../lab/world/cluster.ts';
import { addNodePortService } from '../../../../lab/world/cluster-ip-service.ts';
import type { Service } from '../../../../lab/world/kubernetes-object.ts';
import { withoutDetails } from '../../../records/complaint.ts';
import { findEngine } from '../../engines/load-balancer-controller.ts';
import { auditLive } from '../audit-live.ts';
import { holds, type Score } from '../known-differences.ts';
import { type LiveCluster, startLiveCluster } from '../live-cluster.ts';
import { deleteLive, giveLive } from '../live-service.ts';
import { controlledWorld } from './controlled-world.ts';
import { startController } from './start-controller.ts';

const engine = findEngine();
/** Milliseconds for moto, an API server and three controllers on a busy machine. */
const starting = 300_000;

/** A Gateway with one listener, whose route leads to the Service `web`. */
interface GatewayCase {
  name: string;
  protocol?: 'TCP' | 'UDP';
  /** `defaultConfiguration` of the TargetGroupConfiguration of the Service; none when absent. */
  configuration?: object;
  backend?: string;
  /** `type of the targets, protocol, health check` of each target group. */
  made: string[];
  complaints?: string[];
}

const ofGateway = 'TCP traffic-port 15/5/3/3';
const cases: GatewayCase[] = [
  { name: 'plain', made: [`instance TCP, ${ofGateway}`] },
  { name: 'udp', protocol: 'UDP', made: [`instance UDP, ${ofGateway}`] },
  { name: 'ip', configuration: { targetType: 'ip' }, made: [`ip TCP, ${ofGateway}`] },
  {
    name: 'health-check',
    configuration: {
      targetType: 'ip',
      healthCheckConfig: { healthCheckProtocol: 'HTTP', healthCheckPath: '/ready', healthyThresholdCount: 2 },
    },
    made: ['ip TCP, HTTP traffic-port 15/5/2/3'],
  },
  {
    name: 'interval-of-four',
    configuration: { healthCheckConfig: { healthCheckInterval: 4 } },
    made: [],
    complaints: [
      'FailedDeployModel: Failed deploy model due to operation error Elastic Load Balancing v2: CreateTargetGroup, https ' +
        'response error StatusCode: 400, api error ValidationError',
    ],
  },
  { name: 'no-service', backend: 'nope', made: [] },
];

describe.skipIf(!engine.found)('load-balancer-controller', () => {
  let live: LiveCluster;
  const score: Score = { agreed: 0, known: 0, differed: 0 };
  beforeAll(async () => {
    if (!engine.found) return;
    const world = controlledWorld(new Date().toISOString());
    live = await startLiveCluster({ programs: engine, world, start: startController(engine.loadBalancerController) });
    await call('POST', '/apis/gateway.networking.k8s.io/v1/gatewayclasses', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: 'nlb' },
      spec: { controllerName: 'gateway.k8s.aws/nlb' },
    });
  }, starting);
  afterAll(async () => {
    await live?.close();
    console.log(
      `load-balancer-controller: ${cases.length} Gateways, ${score.agreed} comparisons agreed, ${score.known} known ` +
        `differences, ${score.differed} others`,
    );
  });

  async function call(method: 'POST' | 'DELETE', path: string, body?: object): Promise<void> {
    const { status, body: answer } = await live.plane.admin.call(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${answer.message}`);
  }

  test.each(cases)('a Gateway, $name: the product says what the controller does', async (each) => {
    const { name, made, complaints = [] } = each;
    const objects = objectsOf(each);
    try {
      await live.controller.after(name, async () => {
        await giveLive(live.plane.admin, service());
        for (const { path, ...object } of objects) await call('POST', path, object);
      });
      const { facts, diagnoses } = await auditLive(live, { probe: false });
      const groups = groupsOf(facts);
      const found = groups.map(({ targetGroup: { targetType, protocol, healthCheck } }) => {
        const { intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold } = healthCheck;
        const numbers = [intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold].join('/');
        return `${targetType} ${protocol}, ${healthCheck.protocol} ${healthCheck.port} ${numbers}`;
      });
      holds({ side: 'product', name, aspect: 'target groups', score }, made, found);
      for (const group of groups) {
        const { controller, namespace, service: owner } = group.owner ?? {};
        const expected = ['aws-load-balancer-controller-gateway', 'live', 'web'];
        holds({ side: 'product', name, aspect: 'owner', score }, [controller, namespace, owner], expected);
        const web = facts.slices.services.find(({ metadata }) => metadata.name === 'web');
        const settings = web === undefined ? [] : expectedHealthCheck(group, web, facts.slices);
        holds({ side: 'product', name, aspect: 'health check', score }, deviations(settings, group), []);
      }
      const said = facts.slices.events
        .filter(({ regarding }) => regarding.kind === 'Gateway' && regarding.name === name)
        .filter(({ type, reason, note }) => type === 'Warning' && !isPassing({ reason, note }))
        .map(({ reason, note }) => withoutDetails(`${reason}: ${note}`));
      holds({ side: 'product', name, aspect: 'complaints', score }, complaints, said);
      holds(
        { side: 'product', name, aspect: 'causes', score },
        diagnoses.map(({ cause }) => cause ?? 'unexplained'),
        [],
      );
    } finally {
      await live.controller.after(name, async () => {
        for (const { path, metadata } of objects) await live.plane.admin.call('DELETE', `${path}/${metadata.name}`);
        await deleteLive(live.plane.admin, 'web');
      });
    }
  });
});

/**
 * True of warnings about the status of the Gateway alone, which say nothing of its target groups: the load balancer is still being
 * made, or two controllers wrote the status at once (LBC:controllers/gateway/gateway_controller.go, updateGatewayStatusSuccess).
 */
const isPassing = ({ reason, note }: { reason: string; note: string }): boolean =>
  reason === 'FailedUpdateStatus' && /Monitoring provisioning state|the object has been modified/.test(note);

/** A Service of NodePorts, that no controller makes a load balancer for. */
function service(): Service {
  const world = controlledWorld();
  const added = addNodePortService(world, clusterOf(world, 'shop'), {
    namespace: 'live',
    name: 'web',
    ports: [{ name: 'p80', port: 80, targetPort: 8080, nodePort: 30180 }],
  });
  added.spec.selector = { app: 'web' };
  return added;
}

interface Posted {
  path: string;
  metadata: { name: string };
}

function objectsOf({ name, protocol = 'TCP', configuration, backend = 'web' }: GatewayCase): Posted[] {
  const gatewayApi = '/apis/gateway.networking.k8s.io/v1/namespaces/live';
  const metadata = { name, namespace: 'live' };
  const configured = configuration && {
    path: '/apis/gateway.k8s.aws/v1/namespaces/live/targetgroupconfigurations',
    apiVersion: 'gateway.k8s.aws/v1',
    kind: 'TargetGroupConfiguration',
    metadata,
    spec: { targetReference: { name: 'web' }, defaultConfiguration: configuration },
  };
  const gateway = {
    path: `${gatewayApi}/gateways`,
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata,
    spec: {
      gatewayClassName: 'nlb',
      listeners: [{ name: 'one', protocol, port: 80, allowedRoutes: { namespaces: { from: 'Same' } } }],
    },
  };
  const route = {
    path: `${gatewayApi}/${protocol.toLowerCase()}routes`,
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: `${protocol}Route`,
    metadata,
    spec: {
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name, sectionName: 'one' }],
      rules: [{ name: 'all', backendRefs: [{ group: '', kind: 'Service', name: backend, port: 80, weight: 1 }] }],
    },
  };
  return [...(configured ? [configured] : []), route, gateway];
}
