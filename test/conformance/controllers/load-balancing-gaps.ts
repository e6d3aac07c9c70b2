import { CreateNetworkInterfaceCommand, EC2Client } from '@aws-sdk/client-ec2';
import { hash } from '../../../lab/world/identifier.ts';

/** A call of a service that speaks in forms: Elastic Load Balancing or EC2. */
export interface QueryCall {
  action: string;
  parameters: URLSearchParams;
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

/** Lowest and highest value of each setting (botocore elbv2 service-2.json, CreateTargetGroup). */
const limits: Record<string, [number, number]> = {
  HealthCheckIntervalSeconds: [5, 300],
  HealthCheckTimeoutSeconds: [2, 120],
  HealthyThresholdCount: [2, 10],
  UnhealthyThresholdCount: [2, 10],
};

/** What Elastic Load Balancing refuses and moto takes; `undefined` for everything else. */
export function refusalOf({ action, parameters }: QueryCall): Answer | undefined {
  if (action !== 'CreateTargetGroup' && action !== 'ModifyTargetGroup') return undefined;
  for (const [name, [lowest, highest]] of Object.entries(limits)) {
    const value = Number(parameters.get(name) ?? lowest);
    if (value < lowest || value > highest) {
      return validationError(`${name} '${value}' must be between ${lowest} and ${highest}`);
    }
  }
  return undefined;
}

const validationError = (message: string): Answer => ({
  status: 400,
  type: 'text/xml',
  body:
    '<ErrorResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><Error><Type>Sender</Type>' +
    `<Code>ValidationError</Code><Message>${message}</Message></Error><RequestId>0</RequestId></ErrorResponse>`,
});

/**
 * The call as moto has to get it: Network Load Balancers have ARNs of Application Load Balancers there, and an HTTP health
 * check other defaults than those of Network Load Balancers (ELBv2 API reference, CreateTargetGroup).
 */
export function withDefaults({ action, parameters }: QueryCall): string {
  const given = new URLSearchParams();
  for (const [name, value] of parameters)
    given.append(name, value.replace(/:(loadbalancer|listener)\/net\//, ':$1/app/'));
  const protocol = given.get('HealthCheckProtocol');
  if (action === 'CreateTargetGroup' && (protocol === 'HTTP' || protocol === 'HTTPS')) {
    const defaults = {
      HealthCheckTimeoutSeconds: protocol === 'HTTP' ? '6' : '10',
      'Matcher.HttpCode': '200-399',
      HealthCheckPath: '/',
    };
    for (const [name, value] of Object.entries(defaults)) if (!given.has(name)) given.set(name, value);
  }
  return given.toString();
}

/** The answer as Elastic Load Balancing words it, once what it does beside is done: a new load balancer has interfaces. */
export async function answerAsElasticLoadBalancing({ action, parameters }: QueryCall, body: string, motoUrl: string) {
  const answer = body
    .replace(/:(loadbalancer|listener)\/app\//g, ':$1/net/')
    // cloud-provider-aws takes no other form of address for that of a Network Load Balancer.
    .replace(
      />([\w-]+)-1\.([a-z0-9-]+)\.elb\.amazonaws\.com</g,
      (_, name, region) => `>${name}-${hash(name, 16)}.elb.${region}.amazonaws.com<`,
    );
  if (action === 'DescribeNetworkInterfaces') {
    return answer.replace(/(<description>ELB net\/(?:(?!<\/?description>).)*?<status>)available(<\/status>)/gs, '$1in-use$2');
  }
  if (action === 'CreateLoadBalancer') {
    const [, name] = /:loadbalancer\/(net\/[\w-]+\/[0-9a-f]+)/.exec(answer) ?? [];
    if (name !== undefined) await makeInterfaces(motoUrl, name, [...subnetsIn(parameters)]);
  }
  return answer;
}

const subnetsIn = (parameters: URLSearchParams): string[] =>
  [...parameters]
    .filter(([name]) => /^Subnet(s\.member|Mappings\.member\.\d+\.SubnetId)/.test(name))
    .map(([, id]) => id);

async function makeInterfaces(endpoint: string, name: string, subnets: string[]): Promise<void> {
  const credentials = { accessKeyId: 'moto', secretAccessKey: 'moto' };
  const ec2 = new EC2Client({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
  for (const SubnetId of subnets) {
    await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId, Description: `ELB ${name}` }));
  }
  ec2.destroy();
}
