import { scenario } from '../scenario.ts';
import { addClusterIpService } from '../world/cluster-ip-service.ts';
import { addOwnTargetGroup, admittingTo } from '../world/own-target-group.ts';
import { addWorkload } from '../world/pod/workload.ts';

/** The application moved to another name, and somebody left an alias behind. */
export const serviceWithoutEndpoints = scenario({
  id: 'service-without-endpoints',
  title: 'The binding refers to a Service of type ExternalName',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, name: `${place.name}-app` });
    const { metadata, spec } = addClusterIpService(world, cluster, {
      ...place,
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
    });
    addOwnTargetGroup(world, cluster, {
      place,
      servicePort: 80,
      targetType: 'ip',
      port: 8080,
      listenerPort: 80,
      networking: admittingTo(8080),
    });
    spec.type = 'ExternalName';
    spec.externalName = `${place.name}-app.${metadata.namespace}.svc.cluster.local`;
    // A name in DNS has none of these, and the API server refuses most of them.
    for (const field of [
      'selector',
      'clusterIP',
      'clusterIPs',
      'ipFamilies',
      'ipFamilyPolicy',
      'internalTrafficPolicy',
    ] as const)
      delete spec[field];
  },
  expect: { verdict: 'unhealthy', cause: 'service-without-endpoints', targets: {} },
});
