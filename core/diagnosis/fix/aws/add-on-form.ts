import { plainly, type Scene } from '../former.ts';
import { toHcl } from '../hcl.ts';
import { managedAddOn } from '../owner/managed-add-on.ts';
import { toYaml } from '../yaml.ts';
import type { AwsChange, AwsForm } from './resource-form.ts';

/** The configuration of an EKS add-on, whole. */
export function addOnForm({ options }: AwsChange, { facts, values }: Scene): AwsForm | undefined {
  const addOn = managedAddOn(options['addon-name'], facts);
  const given = options['configuration-values'];
  if (addOn === undefined || given === undefined) return undefined;
  const configuration = plainly(given, values);
  return {
    tags: addOn.tags,
    terraform: toHcl('aws_eks_addon', { configuration_values: configuration }),
    cloudformation: toYaml({ ConfigurationValues: configuration }),
  };
}
