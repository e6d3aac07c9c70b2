import { replaceKubeProxy } from '../faults/replace-kube-proxy.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** kube-router forwards NodePorts and has no server for healthCheckNodePorts. */
export const healthPortUnserved = scenario({
  id: 'health-port-unserved',
  title: 'kube-router has replaced kube-proxy, and the Service has the policy Local',
  arrange(world, cluster, place) {
    replaceKubeProxy(world, cluster, {
      name: 'kube-router',
      container: {
        name: 'kube-router',
        image: 'docker.io/cloudnativelabs/kube-router:v2.5.0',
        args: ['--run-router=false', '--run-firewall=false', '--run-service-proxy=true'],
      },
      log: ['Starting network services controller'],
    });
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, externalTrafficPolicy: 'Local', healthCheck: { timeout: '2' } });
  },
  expect: { verdict: 'unhealthy', cause: 'health-port-unserved', targets: { unhealthy: 3 } },
});
