import { plainly, type Scene } from '../former.ts';
import { toHcl } from '../hcl.ts';
import { toYaml } from '../yaml.ts';
import type { AwsChange, AwsForm } from './resource-form.ts';

/** A tag of a security group or of the target group, or the line that is to go. */
export function tagForm({ aws, options }: AwsChange, { group, facts, values }: Scene): AwsForm | undefined {
  const [, key, given] = /^Key=([^,]+)(?:,Value=(.*))?$/.exec(plainly(options.tags ?? '', values)) ?? [];
  const value = aws.endsWith('delete-tags') ? null : given;
  const id = plainly(options.resources ?? options['resource-arns'] ?? '', values);
  const resource = id.startsWith('sg-') ? 'aws_security_group' : 'aws_lb_target_group';
  const tagged = id.startsWith('sg-') ? facts.slices.securityGroups.find((each) => each.id === id) : group.targetGroup;
  if (key === undefined || value === undefined || tagged === undefined) return undefined;
  return {
    tags: tagged.tags,
    terraform: toHcl(resource, { tags: { [key]: value } }),
    cloudformation:
      value === null
        ? `# remove this tag:\n${toYaml({ Tags: [{ Key: key }] })}`
        : toYaml({ Tags: [{ Key: key, Value: value }] }),
  };
}
