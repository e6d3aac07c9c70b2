import type { World } from '../../world/world.ts';
import { listOf, pairsOf, structuresOf } from '../aws/parameters.ts';
import type { Action } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';

/** CreateTags: on security groups, subnets, VPCs and instances. */
export const createTags: Action = (parameters, world) => {
  for (const tags of tagsOfAll(listOf(parameters, 'ResourceId'), world))
    Object.assign(tags, pairsOf(parameters, 'Tag'));
  return { return: true };
};

/** DeleteTags: by key, or by key and value. */
export const deleteTags: Action = (parameters, world) => {
  for (const tags of tagsOfAll(listOf(parameters, 'ResourceId'), world)) {
    for (const { Key = '', Value } of structuresOf(parameters, 'Tag')) {
      if (Value === undefined || tags[Key] === Value) delete tags[Key];
    }
  }
  return { return: true };
};

const tagsOfAll = (ids: string[], world: World): Record<string, string>[] => ids.map((id) => tagsOf(id, world));

function tagsOf(id: string, { securityGroups, subnets, vpcs, instances }: World): Record<string, string> {
  const found = [...securityGroups, ...subnets, ...vpcs, ...instances].find((each) => each.id === id);
  if (found !== undefined) return found.tags;
  throw new ServiceError('InvalidID', `The ID '${id}' is not valid`);
}
