/** The EC2 filter that keeps to one VPC. */
export const inVpc = (vpcId: string) => ({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] });
