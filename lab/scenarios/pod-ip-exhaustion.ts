import { replacePods } from '../faults/scale.ts';
import { stall } from '../faults/stall.ts';
import { scenario } from '../scenario.ts';
import { privateSubnets } from '../world/account.ts';
import { hash } from '../world/identifier.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Another team's batch job took what was left, just when the pods were restarted. */
export const podIpExhaustion = scenario({
  id: 'pod-ip-exhaustion',
  title: 'The subnets have no address left for the restarted pods',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const deployment = objectOf(cluster, 'Deployment', place);
    replacePods(world, cluster, deployment);
    for (const subnet of privateSubnets(world)) subnet.availableIps = 0;
    for (const pod of podsOf(cluster, deployment)) {
      const sandbox = hash(`sandbox ${pod.metadata.name}`, 64);
      stall(world, cluster, {
        pod,
        waiting: { reason: 'ContainerCreating' },
        event: {
          reason: 'FailedCreatePodSandBox',
          message: `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "${sandbox}": plugin type="aws-cni" name="aws-cni" failed (add): add cmd: failed to assign an IP address to container`,
        },
        hasAddress: false,
      });
    }
  },
  expect: { verdict: 'unhealthy', cause: 'pod-ip-exhaustion', targets: { unhealthy: 3 } },
  variants: {
    ip: { place: { targetType: 'ip' }, expect: { targets: { draining: 3 } } },
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
