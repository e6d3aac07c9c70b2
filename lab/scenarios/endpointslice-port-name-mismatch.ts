import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addEndpointSlice } from '../world/pod/endpoint-slice.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** An operator writes the EndpointSlice, so that the Service has no selector; then somebody renamed the Service's port. */
export const endpointslicePortNameMismatch = scenario({
  id: 'endpointslice-port-name-mismatch',
  title: 'The Service names its port otherwise than the EndpointSlice that an operator wrote',
  arrange(world, cluster, place) {
    const deployment = addWorkload(world, cluster, place);
    const service = addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
    delete service.spec.selector;
    addEndpointSlice(world, cluster, { service, pods: podsOf(cluster, deployment) });
  },
  strike(_world, cluster, place) {
    objectOf(cluster, 'Service', place).spec.ports[0].name = 'web';
  },
  expect: { verdict: 'unhealthy', cause: 'endpointslice-port-name-mismatch', targets: {} },
});
