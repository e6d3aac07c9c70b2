import { plainly, type Scene } from '../former.ts';
import { toHcl } from '../hcl.ts';
import { toYaml } from '../yaml.ts';
import type { AwsChange, AwsForm } from './resource-form.ts';

/** A tag of a security group or of the target group. */
export function tagForm({ options }: AwsChange, { group, facts, values }: Scene): AwsForm | undefined {
  const [, key, value] = /^Key=([^,]+),Value=(.*)$/.exec(plainly(options.tags ?? '', values)) ?? [];
  const id = plainly(options.resources ?? options['resource-arns'] ?? '', values);
  const resource = id.startsWith('sg-') ? 'aws_security_group' : 'aws_lb_target_group';
  const tagged = id.startsWith('sg-') ? facts.slices.securityGroups.find((each) => each.id === id) : group.targetGroup;
  if (key === undefined || value === undefined || tagged === undefined) return undefined;
  return {
    tags: tagged.tags,
    terraform: toHcl(resource, { tags: { [key]: value } }),
    cloudformation: toYaml({ Tags: [{ Key: key, Value: value }] }),
  };
}
