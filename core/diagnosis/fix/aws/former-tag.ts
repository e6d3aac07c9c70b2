import { type Former, plainly, type Scene } from '../former.ts';
import type { AwsChange } from './resource-form.ts';

/** The call that gives a tag the value that it has now, or takes it away where there is none. */
export function formerTag(
  { options }: AwsChange,
  { group, facts, values }: Scene,
  former: Former,
): AwsChange | undefined {
  const [, key] = /^Key=([^,]+)/.exec(options.tags ?? '') ?? [];
  const resource = options.resources;
  if (key === undefined) return undefined;
  if (resource === undefined)
    return ofTargetGroup(key, options, { now: group.targetGroup.tags[plainly(key, values)], former });
  const id = plainly(resource, values);
  const found = facts.slices.securityGroups.find((each) => each.id === id);
  if (found === undefined) return undefined;
  const now = found.tags[plainly(key, values)];
  return now === undefined
    ? { aws: 'ec2 delete-tags', options: { resources: resource, tags: `Key=${key}` } }
    : { aws: 'ec2 create-tags', options: { resources: resource, tags: `Key=${key},Value=${former.keep(now)}` } };
}

function ofTargetGroup(
  key: string,
  options: Record<string, string>,
  { now, former }: { now: string | undefined; former: Former },
): AwsChange {
  const arns = options['resource-arns'] ?? '';
  return now === undefined
    ? { aws: 'elbv2 remove-tags', options: { 'resource-arns': arns, 'tag-keys': key } }
    : { aws: 'elbv2 add-tags', options: { 'resource-arns': arns, tags: `Key=${key},Value=${former.keep(now)}` } };
}
