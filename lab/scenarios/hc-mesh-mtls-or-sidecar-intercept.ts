import { scenario } from '../scenario.ts';
import { injectSidecars } from '../world/mesh.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The mesh rewrites the kubelet's probes, so that the pods are Ready. */
export const hcMeshMtlsOrSidecarIntercept = scenario({
  id: 'hc-mesh-mtls-or-sidecar-intercept',
  title: 'The namespace joined a mesh that takes only mutual TLS',
  arrange(world, cluster, place) {
    const deployment = addWorkload(world, cluster, place);
    injectSidecars(cluster, deployment);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  fixedElsewhere: {
    'healthcheck-protocol=TCP': 'it serves clients that are in the mesh too, and those of the lab are not',
  },
  expect: { verdict: 'unhealthy', cause: 'hc-mesh-mtls-or-sidecar-intercept', targets: { unhealthy: 3 } },
});
