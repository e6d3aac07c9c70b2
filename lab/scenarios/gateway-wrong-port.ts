import { scenario } from '../scenario.ts';
import { addClusterIpService } from '../world/cluster-ip-service.ts';
import { addGateway } from '../world/gateway/add-gateway.ts';
import { addWorkload } from '../world/pod/workload.ts';

/** The other Services behind the Gateway have a port for health checks. */
export const gatewayWrongPort = scenario({
  id: 'gateway-wrong-port',
  title: 'The default of a Gateway asks for health checks of a port that the pods of this Service do not have',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addClusterIpService(world, cluster, { ...place, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    addGateway(world, cluster, {
      place,
      servicePort: 80,
      targetPort: 8080,
      checkedPort: 9440,
      defaults: { healthCheckConfig: { healthCheckPort: '9440' } },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'hc-port-wrong', targets: { unhealthy: 3 } },
});
