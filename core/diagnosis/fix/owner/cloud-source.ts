/** The tool from whose source an AWS resource is written. */
export interface CloudSource {
  tool: 'terraform' | 'cloudformation' | 'ack';
  /** For example `CloudFormation stack shop`. */
  name: string;
  where: string;
  /** What takes a change back that is made elsewhere. */
  undoneBy: string;
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
      undoneBy: 'the next update of the stack',
    };
  }
  const isTerraform = Object.entries(tags).some(
    ([key, value]) => (maker.test(key) && terraform.test(value.trim())) || (terraform.test(key) && value !== 'false'),
  );
  if (isTerraform)
    return {
      tool: 'terraform',
      name: 'Terraform',
      where: 'its Terraform configuration',
      undoneBy: 'the next apply',
    };
  return byAck(tags);
}

/**
 * AWS Controllers for Kubernetes tag what they make, those that EKS runs as a capability with other names than those in a cluster
 * (ACK runtime, pkg/config; Amazon EKS user guide, "ACK considerations for EKS").
 */
function byAck(tags: Record<string, string>): CloudSource | undefined {
  const namespace = tags['services.k8s.aws/namespace'] ?? tags['eks:kubernetes-namespace'];
  const isMade = tags['services.k8s.aws/controller-version'] ?? tags['eks:eks-capability-arn'];
  if (isMade === undefined || namespace === undefined || !printable.test(namespace)) return undefined;
  const name = tags['eks:kubernetes-resource-name'];
  return {
    tool: 'ack',
    name: 'AWS Controllers for Kubernetes',
    where:
      name !== undefined && printable.test(name)
        ? `the custom resource ${namespace}/${name}`
        : `its custom resource in namespace ${namespace}`,
    undoneBy: 'the next reconciliation',
  };
}
