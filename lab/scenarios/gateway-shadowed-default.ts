import { scenario } from '../scenario.ts';
import { addClusterIpService } from '../world/cluster-ip-service.ts';
import { addGateway, addTargetGroupConfiguration } from '../world/gateway/add-gateway.ts';
import { addWorkload, answering } from '../world/pod/workload.ts';

/** What is wrong is in blocks that do not count for this route: the Gateway's default, another route's, another Service's. */
export const gatewayShadowedDefault = scenario({
  id: 'gateway-shadowed-default',
  title: 'Wrong health checks stand in blocks of TargetGroupConfigurations that others replace',
  arrange(world, cluster, place) {
    const { namespace, name } = place;
    const wrong = { healthCheckConfig: { healthCheckProtocol: 'HTTP' as const, healthCheckPath: '/status' } };
    addWorkload(world, cluster, { ...place, behaviour: answering({ '/ready': 200, '*': 404 }) });
    addClusterIpService(world, cluster, { ...place, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    addGateway(world, cluster, { place, servicePort: 80, targetPort: 8080, defaults: wrong });
    addTargetGroupConfiguration(world, cluster, {
      namespace,
      name: 'checks',
      spec: {
        targetReference: { name },
        defaultConfiguration: { healthCheckConfig: { healthCheckProtocol: 'HTTP', healthCheckPath: '/ready' } },
        routeConfigurations: [
          { routeIdentifier: { kind: 'TCPRoute', namespace, name: 'other' }, targetGroupProps: wrong },
          { routeIdentifier: { kind: 'TLSRoute' }, targetGroupProps: wrong },
        ],
      },
    });
    addTargetGroupConfiguration(world, cluster, {
      namespace,
      name: 'another',
      spec: { targetReference: { name: `${name}-v2` }, defaultConfiguration: wrong },
    });
  },
  expect: { verdict: 'healthy', cause: null, targets: { healthy: 3 } },
});
