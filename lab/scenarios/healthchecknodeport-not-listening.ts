import { scenario } from '../scenario.ts';
import { recordEvent } from '../world/event.ts';
import { minute } from '../world/moment.ts';
import { objectsOf } from '../world/object.ts';
import { addDaemonSet } from '../world/pod/daemon-set.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

const healthCheckNodePort = 31900;

/** The agent has bound it on the loopback address of each node, which is enough to keep kube-proxy out. */
export const healthchecknodeportNotListening = scenario({
  id: 'healthchecknodeport-not-listening',
  title: 'An agent on the nodes holds the port that kube-proxy should answer the health check on',
  arrange(world, cluster, place) {
    addDaemonSet(world, cluster, {
      name: 'node-agent',
      container: { name: 'agent', image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/node-agent:2.4.0' },
      log: [`status on 127.0.0.1:${healthCheckNodePort}`],
    });
    for (const { metadata } of objectsOf(cluster, 'Pod')) {
      if (metadata.labels['k8s-app'] !== 'node-agent') continue;
      cluster.processes[`kube-system/${metadata.name}`] = [
        { port: healthCheckNodePort, behaviour: { kind: 'http', paths: { '*': 200 } }, loopback: true },
      ];
    }
    addWorkload(world, cluster, place);
    const service = addService(world, cluster, {
      ...place,
      externalTrafficPolicy: 'Local',
      healthCheckNodePort,
      healthCheck: { timeout: '2' },
      ageSeconds: 25 * minute,
    });
    for (const { metadata } of objectsOf(cluster, 'Node')) {
      recordEvent(world, cluster, {
        about: service,
        type: 'Warning',
        reason: 'FailedToStartServiceHealthcheck',
        message: `node ${metadata.name} failed to start healthcheck "${place.namespace}/${place.name}" on port ${healthCheckNodePort}: listen tcp :${healthCheckNodePort}: bind: address already in use`,
        component: 'kube-proxy',
        ageSeconds: 25 * minute - 1,
      });
    }
  },
  expect: { verdict: 'unhealthy', cause: 'healthchecknodeport-not-listening', targets: { unhealthy: 3 } },
});
