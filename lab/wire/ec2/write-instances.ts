import type { Instance } from '../../../core/model/aws.ts';
import type { World } from '../../world/world.ts';
import { listOf } from '../aws/parameters.ts';
import type { Action } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';

/** StartInstances: they run at once. */
export const startInstances: Action = (parameters, world) => ({
  instancesSet: found(listOf(parameters, 'InstanceId'), world).map((instance) =>
    becomes(instance, { code: 16, name: 'running' }),
  ),
});

/** TerminateInstances: they are gone at once, as far as anyone can see. */
export const terminateInstances: Action = (parameters, world) => ({
  instancesSet: found(listOf(parameters, 'InstanceId'), world).map((instance) =>
    becomes(instance, { code: 48, name: 'terminated' }),
  ),
});

const found = (ids: string[], { instances }: World): Instance[] =>
  ids.map((id) => {
    const instance = instances.find((each) => each.id === id);
    if (instance !== undefined) return instance;
    throw new ServiceError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
  });

const codes: Record<string, number> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

function becomes(instance: Instance, currentState: { code: number; name: string }) {
  const previousState = { code: codes[instance.state] ?? 16, name: instance.state };
  instance.state = currentState.name;
  return { instanceId: instance.id, currentState, previousState };
}
