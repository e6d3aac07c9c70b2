import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

const other = 'refunds';

/** Somebody made two listeners again by hand and mixed up their target groups. */
export const listenersExchanged = scenario({
  id: 'listeners-exchanged',
  title:
    'The listeners of two Services lead to the target group of each other: all targets are healthy, and clients get the wrong application',
  arrange(world, cluster, place) {
    for (const name of [place.name, other]) {
      addWorkload(world, cluster, { ...place, name });
      addService(world, cluster, { ...place, name });
    }
  },
  strike(world, cluster, place) {
    const [own = '', others = ''] = [place.name, other].flatMap((name) =>
      targetGroupArnsOf(world, cluster, { ...place, name }),
    );
    const swapped = new Map([
      [own, others],
      [others, own],
    ]);
    const balancersOf = new Map(world.targetGroups.map(({ arn, loadBalancerArns }) => [arn, loadBalancerArns]));
    for (const { forwards } of world.listeners)
      for (const each of forwards) each.targetGroupArn = swapped.get(each.targetGroupArn) ?? each.targetGroupArn;
    for (const group of world.targetGroups)
      group.loadBalancerArns = balancersOf.get(swapped.get(group.arn) ?? group.arn) ?? [];
  },
  unnoticed: true,
  fixedElsewhere: {
    '': 'it takes the listeners of both Services, and the diagnosis of each has the commands for its own',
  },
  expect: { verdict: 'unserved', cause: 'service-port-without-listener', others: [other], targets: { healthy: 3 } },
  variants: {
    ip: { place: { targetType: 'ip' } },
    ccm: { place: { controller: 'ccm' } },
  },
});
