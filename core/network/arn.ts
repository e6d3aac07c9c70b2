/** Name of a load balancer or target group, read from its ARN (Service Authorization Reference, "Elastic Load Balancing V2"). */
export const nameInArn = (arn: string): string =>
  /:(?:targetgroup|loadbalancer\/(?:net|app|gwy))\/([^/]+)\//.exec(arn)?.[1] ?? arn;
