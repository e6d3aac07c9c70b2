import type { PastCall } from './past-call.ts';

/** Who made a call, and with what. */
export type Caller = Pick<PastCall, 'by' | 'userAgent' | 'isFromConsole'>;

/** A person who signed in to the console by IAM Identity Center. */
export const inConsole = (session: string): Caller => ({
  by: { kind: 'role', role: 'AWSReservedSSO_NetworkAdmin_0123456789abcdef', session },
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  isFromConsole: true,
});

/** A pipeline that applies Terraform. */
export const byTerraform: Caller = {
  by: { kind: 'role', role: 'network-pipeline', session: 'apply-1482' },
  userAgent:
    'APN/1.0 HashiCorp/1.0 Terraform/1.13.3 (+https://www.terraform.io) terraform-provider-aws/6.14.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.39.0 ua/2.1 os/linux lang/go#1.24.6',
};

/** The AWS Load Balancer Controller of a cluster, whose session is a number. */
export const byController = (cluster: string): Caller => ({
  by: { kind: 'role', role: `${cluster}-load-balancer-controller`, session: '1764457200123456789' },
  userAgent: 'elbv2.k8s.aws/v2.14.1 aws-sdk-go-v2/1.39.0 ua/2.1 os/linux lang/go#1.24.6',
});
