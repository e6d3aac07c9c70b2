/**
 * What stands for a caller in `--principal-arn` of an EKS access entry, from the ARN that STS reports: of a session its role. A session
 * does not name the path of its role; roles of IAM Identity Center have one (EKS user guide, "Create access entries"), so that IAM is
 * asked for it when the command runs.
 */
export function principalOf(callerArn: string): string {
  const [, partition, account, role] = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(callerArn) ?? [];
  if (role === undefined) return callerArn;
  if (role.startsWith('AWSReservedSSO_'))
    return `"$(aws iam get-role --role-name ${role} --query Role.Arn --output text)"`;
  return `arn:${partition}:iam::${account}:role/${role}`;
}
