import { plainly, type Scene } from '../former.ts';
import { toHcl } from '../hcl.ts';
import { toYaml } from '../yaml.ts';
import type { AwsChange, AwsForm } from './resource-form.ts';

/** Targets that are registered: a resource for each in Terraform, one list in CloudFormation. */
export function attachmentForm({ options }: AwsChange, { group, values }: Scene): AwsForm | undefined {
  const targets = [...plainly(options.targets ?? '', values).matchAll(/Id=([^,\s]+),Port=(\d+)/g)];
  if (targets.length === 0) return undefined;
  return {
    tags: group.targetGroup.tags,
    terraform: targets
      .map(([, id = '', port]) =>
        toHcl('aws_lb_target_group_attachment', {
          target_group_arn: group.targetGroup.arn,
          target_id: id,
          port: Number(port),
        }),
      )
      .join('\n'),
    cloudformation: toYaml({ Targets: targets.map(([, Id = '', Port]) => ({ Id, Port: Number(Port) })) }),
  };
}
