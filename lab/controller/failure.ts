import type { ControllerFailure, WorldCluster } from '../world/world.ts';

/** The error that a step of the controller meets for this Service, `undefined` when it goes well. */
export const failureOf = (
  cluster: WorldCluster,
  call: ControllerFailure['call'],
  { namespace, name }: { namespace: string; name: string },
): string | undefined =>
  cluster.controllerFailures?.find(
    (failure) =>
      failure.call === call &&
      (failure.service === undefined || (failure.service.namespace === namespace && failure.service.name === name)),
  )?.message;
