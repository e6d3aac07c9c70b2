import {
  CreateNetworkInterfaceCommand,
  DeleteNetworkInterfaceCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
  ModifyNetworkInterfaceAttributeCommand,
  type NetworkInterface,
} from '@aws-sdk/client-ec2';
import type { QueryCall } from './load-balancing-gaps.ts';

/** Interfaces of load balancers in moto, which makes none: one for each subnet, as long as the load balancer is there. */
export interface BalancerInterfaces {
  /** Does what AWS does beside the call. */
  follow(call: QueryCall, answer: string): Promise<void>;
  close(): void;
}

export function interfacesIn(endpoint: string): BalancerInterfaces {
  const credentials = { accessKeyId: 'moto', secretAccessKey: 'moto' };
  const ec2 = new EC2Client({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
  return {
    async follow({ action, parameters }, answer) {
      if (action === 'CreateLoadBalancer') {
        const name = nameIn(answer);
        const Groups = groupsIn(parameters);
        for (const SubnetId of name === undefined ? [] : subnetsIn(parameters))
          await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId, Description: `ELB ${name}`, Groups }));
      }
      if (action === 'SetSecurityGroups') {
        const Groups = groupsIn(parameters);
        for (const { NetworkInterfaceId } of await interfacesOf(parameters))
          await ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups }));
      }
      if (action === 'DeleteLoadBalancer') {
        for (const { NetworkInterfaceId } of await interfacesOf(parameters))
          await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
      }
    },
    close: () => ec2.destroy(),
  };

  async function interfacesOf(parameters: URLSearchParams): Promise<NetworkInterface[]> {
    const Filters = [{ Name: 'description', Values: [`ELB ${nameIn(parameters.get('LoadBalancerArn') ?? '')}`] }];
    return (await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }))).NetworkInterfaces ?? [];
  }
}

/** `net/NAME/ID` of the ARN of a load balancer. */
const nameIn = (text: string): string | undefined => /:loadbalancer\/(net\/[\w-]+\/[0-9a-f]+)/.exec(text)?.[1];

const subnetsIn = (parameters: URLSearchParams): string[] =>
  [...parameters]
    .filter(([name]) => /^Subnet(s\.member|Mappings\.member\.\d+\.SubnetId)/.test(name))
    .map(([, id]) => id);

const groupsIn = (parameters: URLSearchParams): string[] =>
  [...parameters].filter(([name]) => name.startsWith('SecurityGroups.member.')).map(([, id]) => id);
