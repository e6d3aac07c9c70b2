/** The tool from whose source an AWS resource is written. */
export interface CloudSource {
  tool: 'terraform' | 'cloudformation';
  /** For example `CloudFormation stack shop`. */
  name: string;
  where: string;
}

const printable = /^[A-Za-z0-9][A-Za-z0-9:_./-]{0,254}$/;
const maker = /^(managed|created|provisioned)[-_ ]?(by|with)$|^(provisioner|iac|automation|tool)$/i;
const terraform = /^(terraform|opentofu|tofu)$/i;

/**
 * What writes a resource by its tags. CloudFormation, and CDK with it, sets its own on what it creates (CloudFormation user guide,
 * "Resource tags"); Terraform sets none, so that those by which people commonly name it count.
 */
export function cloudSourceOf(tags: Record<string, string>): CloudSource | undefined {
  const stack = tags['aws:cloudformation:stack-name'];
  if (stack !== undefined && printable.test(stack)) {
    const logical = tags['aws:cloudformation:logical-id'];
    const part = logical !== undefined && printable.test(logical) ? `, resource ${logical}` : '';
    return {
      tool: 'cloudformation',
      name: `CloudFormation stack ${stack}`,
      where: `the template of stack ${stack}${part}`,
    };
  }
  const isTerraform = Object.entries(tags).some(
    ([key, value]) => (maker.test(key) && terraform.test(value.trim())) || (terraform.test(key) && value !== 'false'),
  );
  return isTerraform ? { tool: 'terraform', name: 'Terraform', where: 'its Terraform configuration' } : undefined;
}
