import { under } from '../model/indexed.ts';
import type { Workload } from '../model/kubernetes.ts';
import { kindAndName } from './workload.ts';

/** The DaemonSet of the VPC CNI; EKS Auto Mode runs it as a process of the node, so that there is none. */
export const vpcCniOf = (workloads: Workload[]): Workload | undefined =>
  under(workloads, kindAndName, 'DaemonSet kube-system/aws-node')[0];

/** The value of an environment variable of the VPC CNI, for example AWS_VPC_CNI_NODE_PORT_SUPPORT. */
export const cniSetting = (workloads: Workload[], name: string): string | undefined =>
  vpcCniOf(workloads)
    ?.spec.template.containers.find((container) => container.name === 'aws-node')
    ?.env.find((variable) => variable.name === name)?.value;
