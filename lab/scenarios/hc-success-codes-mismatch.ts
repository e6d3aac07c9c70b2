import { scenario } from '../scenario.ts';
import { addWorkload, answering } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The kubelet takes any status from 200 to 399, so that the pods are Ready. */
export const hcSuccessCodesMismatch = scenario({
  id: 'hc-success-codes-mismatch',
  title: 'The application answers 204 where the health check wants 200',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, behaviour: answering({ '*': 204 }) });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', 'success-codes': '200', timeout: '2' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'hc-success-codes-mismatch', targets: { unhealthy: 3 } },
});
