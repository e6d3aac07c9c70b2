import { scenario } from '../scenario.ts';
import { addClusterIpService } from '../world/cluster-ip-service.ts';
import { addGateway, addTargetGroupConfiguration } from '../world/gateway/add-gateway.ts';
import { addWorkload, answering } from '../world/pod/workload.ts';

/** The default of the same object is right, and that of the Gateway: the block for the route comes before both. */
export const gatewayWrongPath = scenario({
  id: 'gateway-wrong-path',
  title: 'A block for one route of a TargetGroupConfiguration asks for a path that the application does not serve',
  arrange(world, cluster, place) {
    const { namespace, name } = place;
    addWorkload(world, cluster, { ...place, behaviour: answering({ '/ready': 200, '*': 404 }) });
    addClusterIpService(world, cluster, { ...place, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    const right = { healthCheckConfig: { healthCheckProtocol: 'HTTP' as const, healthCheckPath: '/ready' } };
    addGateway(world, cluster, { place, servicePort: 80, targetPort: 8080, defaults: right });
    addTargetGroupConfiguration(world, cluster, {
      namespace,
      name: 'checks',
      spec: {
        targetReference: { name },
        defaultConfiguration: right,
        routeConfigurations: [
          {
            routeIdentifier: { kind: 'TCPRoute', namespace, name },
            targetGroupProps: { healthCheckConfig: { healthCheckProtocol: 'HTTP', healthCheckPath: '/status' } },
          },
        ],
      },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'hc-path-wrong-status', targets: { unhealthy: 3 } },
});
