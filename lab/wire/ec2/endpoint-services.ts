import type { EndpointService } from '../../../core/model/aws.ts';
import { listing } from './listing.ts';

/** DescribeVpcEndpointServiceConfigurations. */
export const describeEndpointServices = listing<EndpointService>({
  set: 'serviceConfigurationSet',
  items: (world) => world.endpointServices,
  id: (service) => service.id,
  byId: { parameter: 'ServiceId', notFound: 'InvalidVpcEndpointServiceId.NotFound' },
  filters: {
    'service-id': (service) => [service.id],
    'service-name': (service) => [service.name],
    'service-state': (service) => [service.state],
  },
  show: (service) => ({
    serviceId: service.id,
    serviceName: service.name,
    serviceState: service.state,
    serviceType: [{ serviceType: 'Interface' }],
    acceptanceRequired: true,
    managesVpcEndpoints: false,
    networkLoadBalancerArnSet: service.loadBalancerArns,
    tagSet: [],
  }),
});
