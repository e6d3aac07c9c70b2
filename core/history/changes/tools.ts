import type { Tool } from '../../model/changes/recorded-call.ts';

/** What an event of CloudTrail says of the program that made the call (CloudTrail user guide, "Record contents"). */
export interface CallMarks {
  /** `userAgent`: the program's own words, or the service that made the call. */
  userAgent: string;
  /** `userIdentity.invokedBy`: the AWS service that made the call for somebody. */
  invokedBy: string;
  /** `sessionCredentialFromConsole`: the credentials come from a session of the console. */
  isFromConsole: boolean;
}

/** The first that fits decides: what is more special stands before what it is built on. */
const byUserAgent: [pattern: RegExp, tool: Tool][] = [
  [/elbv2\.k8s\.aws/i, 'aws-load-balancer-controller'],
  [/karpenter/i, 'karpenter'],
  [/kubernetes\/|cloud-provider-aws|aws-cloud-controller-manager/i, 'cloud-provider-aws'],
  [/crossplane|upjet/i, 'crossplane'],
  [/aws-controllers-k8s/i, 'ack'],
  [/pulumi/i, 'pulumi'],
  [/terraform|opentofu|HashiCorp/i, 'terraform'],
  [/eksctl/i, 'eksctl'],
  [/aws-cdk/i, 'cdk'],
  [/exec-env\/CloudShell/i, 'cloudshell'],
  [/^aws-cli\//i, 'aws-cli'],
  [/^console\.|signin\.amazonaws\.com|AWS Internal|^Mozilla\/|aws-internal/i, 'console'],
  [/^cloudformation\.amazonaws\.com$/i, 'cloudformation'],
  [/^eks(-nodegroup|-auto)?\.amazonaws\.com$/i, 'eks'],
  [/\.amazonaws\.com$/i, 'aws-service'],
  [/boto3|botocore|aws-sdk-|^AWS-SDK/i, 'sdk'],
];

const byService: [pattern: RegExp, tool: Tool][] = [
  [/^cloudformation\./, 'cloudformation'],
  [/^eks(-nodegroup|-auto)?\./, 'eks'],
  [/\.amazonaws\.com$/, 'aws-service'],
];

/** The program that made a call, by what it says of itself. */
export function toolOf({ userAgent, invokedBy, isFromConsole }: CallMarks): Tool {
  const service = byService.find(([pattern]) => pattern.test(invokedBy))?.[1];
  if (service !== undefined) return service;
  const named = byUserAgent.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (isFromConsole && (named === undefined || named === 'aws-service' || named === 'sdk')) return 'console';
  return named ?? 'unknown';
}

/** Tools that write load balancers, their target groups and rules for Kubernetes: what they change, they change as its controller. */
export const controllerTools: ReadonlySet<Tool> = new Set<Tool>([
  'aws-load-balancer-controller',
  'cloud-provider-aws',
  'eks',
]);

const names: Partial<Record<Tool, string>> = {
  console: 'console',
  'aws-cli': 'AWS CLI',
  cloudshell: 'CloudShell',
  terraform: 'Terraform',
  cloudformation: 'CloudFormation',
  cdk: 'AWS CDK',
  pulumi: 'Pulumi',
  crossplane: 'Crossplane',
  ack: 'AWS Controllers for Kubernetes',
  'aws-load-balancer-controller': 'AWS Load Balancer Controller',
  karpenter: 'Karpenter',
  eks: 'Amazon EKS',
  'aws-service': 'an AWS service',
  sdk: 'an AWS SDK',
};

/** Its name for people; `null` where it is not known. */
export const nameOfTool = (tool: Tool): string | null => (tool === 'unknown' ? null : (names[tool] ?? tool));
