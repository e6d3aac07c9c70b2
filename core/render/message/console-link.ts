/** Where the AWS Management Console is, by partition (AWS documentation, "AWS Management Console endpoints and quotas"). */
const hosts: Record<string, string> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** The page of a target group in the AWS console; undefined for an ARN of another shape or partition. */
export function consoleLink(targetGroupArn: string): string | undefined {
  const [, partition = '', region = ''] =
    /^arn:([a-z-]+):elasticloadbalancing:([a-z0-9-]+):/.exec(targetGroupArn) ?? [];
  const host = hosts[partition];
  if (host === undefined) return undefined;
  return `https://${region}.${host}/ec2/home?region=${region}#TargetGroup:targetGroupArn=${targetGroupArn}`;
}
