import { scenario } from '../scenario.ts';
import { before, minute } from '../world/moment.ts';
import { objectOf } from '../world/object.ts';
import { answerWith } from '../world/pod/process.ts';
import { addWorkload, answering, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** A release broke the page of the health check three quarters of an hour ago; it had hiccups before. */
export const failsOpen = scenario({
  id: 'fails-open',
  title: 'Every target fails, so that the load balancer sends clients to all of them',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, targetType: 'ip', healthCheck: { protocol: 'http', timeout: '2' } });
  },
  strike(world, cluster, place) {
    answerWith(
      cluster,
      podsOf(cluster, objectOf(cluster, 'Deployment', place)),
      answering({ '/ready': 200, '*': 500 }),
    );
    const { now } = world;
    const [targetGroupArn = ''] = targetGroupArnsOf(world, cluster, place);
    const spell = { from: before(now, 80 * minute), to: before(now, 77 * minute) };
    world.past = { struckAt: before(now, 47 * minute), spells: [{ targetGroupArn, ...spell, unhealthy: 1 }] };
  },
  expect: { verdict: 'unhealthy', cause: 'app-error-status', targets: { unhealthy: 3 } },
});
