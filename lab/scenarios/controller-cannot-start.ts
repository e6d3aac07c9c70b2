import { crashController } from '../faults/crash-controller.ts';
import { replacePods } from '../faults/scale.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** It asks for its VPC at each start. */
export const controllerCannotStart = scenario({
  id: 'controller-cannot-start',
  title: 'The controller was moved to nodes whose metadata pods cannot reach, and crashes',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world, cluster, place) {
    crashController(world, cluster, [
      `{"level":"info","ts":"${world.now}","msg":"version","GitVersion":"v2.13.4"}`,
      `{"level":"error","ts":"${world.now}","logger":"setup","msg":"unable to initialize AWS cloud","error":"failed to introspect vpcID from EC2Metadata or Node name, specify --aws-vpc-id instead if EC2Metadata is unavailable: failed to fetch VPC ID from instance metadata: error in fetching vpc id through ec2 metadata: get mac metadata: operation error ec2imds: GetMetadata, canceled, context deadline exceeded"}`,
    ]);
    replacePods(world, cluster, objectOf(cluster, 'Deployment', place));
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'controller-cannot-start',
    mechanisms: ['stale-targets-not-deregistered'],
    targets: { unhealthy: 3 },
  },
});
