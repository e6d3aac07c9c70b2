import { standBy } from '../faults/stand-by.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';

/** The next version is not there yet; its target group waits beside that of the present one. */
export const intendedEmptyOrBlueGreen = scenario({
  id: 'intended-empty-or-blue-green',
  title: 'The green target group has weight 0 and no targets',
  arrange(world, cluster, place) {
    const blue = { ...place, name: `${place.name}-blue` };
    addWorkload(world, cluster, blue);
    addWorkload(world, cluster, { ...place, replicas: 0 });
    standBy(world, cluster, { blue, green: place });
  },
  expect: { verdict: 'expected', cause: 'intended-empty-or-blue-green', targets: {} },
});
