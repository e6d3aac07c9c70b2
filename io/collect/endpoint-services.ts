import {
  type ServiceConfiguration as Answer,
  type EC2Client,
  paginateDescribeVpcEndpointServiceConfigurations,
} from '@aws-sdk/client-ec2';
import type { EndpointService } from '../../core/model/aws.ts';
import { pages } from '../aws/pages.ts';

/** Endpoint services of the account and Region that have a Network Load Balancer. */
export async function readEndpointServices(ec2: EC2Client): Promise<EndpointService[]> {
  const services: EndpointService[] = [];
  for await (const { ServiceConfigurations } of pages(
    paginateDescribeVpcEndpointServiceConfigurations({ client: ec2, pageSize: 1000 }, {}),
  )) {
    services.push(...(ServiceConfigurations ?? []).map(project));
  }
  return services.filter(({ loadBalancerArns }) => loadBalancerArns.length > 0);
}

const project = (service: Answer): EndpointService => ({
  id: service.ServiceId ?? '',
  name: service.ServiceName ?? '',
  state: service.ServiceState ?? '',
  loadBalancerArns: service.NetworkLoadBalancerArns ?? [],
});
