import type { Fix } from '../model/fix.ts';

/** Steps for a server that expects the Proxy Protocol header; `wantedPort` is the port of the Service. */
export const sendHeader: Fix[] = [
  {
    text: 'Make the load balancer send the header on port {wantedPort}, on no other.',
    when: 'wantedPort',
    command:
      'kubectl --namespace {namespace} annotate service {service} --overwrite service.beta.kubernetes.io/aws-load-balancer-proxy-protocol-per-target-group={wantedPort}',
    danger: 'Ports that the annotation names already have to be named again.',
    verify: 'aws elbv2 describe-target-group-attributes --region {region} --target-group-arn {targetGroup}',
  },
  {
    text: 'If cloud-provider-aws (1.36 or later) or EKS Auto Mode owns the Service, only the attribute takes effect.',
    when: 'wantedPort',
    command:
      'kubectl --namespace {namespace} annotate service {service} --overwrite service.beta.kubernetes.io/aws-load-balancer-target-group-attributes=proxy_protocol_v2.enabled=true',
    danger: 'Replaces a list that is there already, and concerns every port of the Service.',
    verify: 'aws elbv2 describe-target-group-attributes --region {region} --target-group-arn {targetGroup}',
  },
];
