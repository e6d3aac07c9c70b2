import { scenario } from '../scenario.ts';
import { addClusterIpService } from '../world/cluster-ip-service.ts';
import { addGateway, addTargetGroupConfiguration } from '../world/gateway/add-gateway.ts';
import { addWorkload, answering } from '../world/pod/workload.ts';

/** The block at the Service replaces that of the Gateway as a whole, so that its interval is the default one. */
export const gatewayLiveDrift = scenario({
  id: 'gateway-live-drift',
  title: 'Somebody changed in the console what a TargetGroupConfiguration asks for',
  arrange(world, cluster, place) {
    const { namespace, name } = place;
    addWorkload(world, cluster, { ...place, behaviour: answering({ '/ready': 200, '*': 404 }) });
    addClusterIpService(world, cluster, { ...place, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    addGateway(world, cluster, {
      place,
      servicePort: 80,
      targetPort: 8080,
      defaults: { healthCheckConfig: { healthCheckInterval: 30, healthCheckPath: '/elsewhere' } },
    });
    addTargetGroupConfiguration(world, cluster, {
      namespace,
      name: 'checks',
      spec: {
        targetReference: { name },
        defaultConfiguration: { healthCheckConfig: { healthCheckProtocol: 'HTTP', healthCheckPath: '/ready' } },
      },
    });
  },
  strike(world, _, place) {
    for (const group of world.targetGroups)
      if (group.tags['gateway.k8s.aws.nlb/stack'] === `${place.namespace}/${place.name}`)
        group.healthCheck = { ...group.healthCheck, path: '/status' };
  },
  unnoticed: true,
  expect: {
    verdict: 'unhealthy',
    cause: 'hc-live-config-drift',
    mechanisms: ['hc-path-wrong-status'],
    targets: { unhealthy: 3 },
  },
});
