import { hash } from '../../../lab/world/identifier.ts';

/** A call of a service that speaks in forms: Elastic Load Balancing or EC2. */
export interface QueryCall {
  action: string;
  parameters: URLSearchParams;
}

/** An answer to such a call. */
export interface Answer {
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
  const port = parameters.get('HealthCheckPort');
  if (port === '0') return validationError(`Health check port '${port}' must be in the range 1-65535`);
  const path = parameters.get('HealthCheckPath') ?? '/';
  return path.startsWith('/') && path.length <= 1024
    ? undefined
    : validationError(`Health check path '${path}' must begin with '/' and have at most 1024 characters`);
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

/** Attributes of target groups that only Application Load Balancers have (ELBv2 API reference, TargetGroupAttribute). */
const ofApplications =
  /<member>\s*<Key>(load_balancing\.algorithm\.type|slow_start\.|waf\.)[^<]*<\/Key>.*?<\/member>/gs;

/** The answer as AWS words it: ARNs and addresses of Network Load Balancers, ids of requests, and interfaces that are in use. */
export function asNetworkLoadBalancing({ action }: QueryCall, body: string): string {
  const answer = body
    .replace(/:(loadbalancer|listener)\/app\//g, ':$1/net/')
    // Those of moto are so long that the product takes them for secrets.
    .replace(/(<RequestId>)[^<]*/gi, (_, tag) => `${tag}00000000-0000-4000-8000-000000000000`)
    // cloud-provider-aws takes no other form of address for that of a Network Load Balancer.
    .replace(
      />([\w-]+)-1\.([a-z0-9-]+)\.elb\.amazonaws\.com</g,
      (_, name, region) => `>${name}-${hash(name, 16)}.elb.${region}.amazonaws.com<`,
    );
  if (action === 'DescribeTargetGroupAttributes') return answer.replace(ofApplications, '');
  // moto writes the state of an IPv6 block as Python shows it.
  if (action === 'DescribeSubnets')
    return answer.replace(/<state>[^<]*State[^<]*(associated)[^<]*<\/state>/g, '<state>$1</state>');
  return action === 'DescribeNetworkInterfaces'
    ? answer.replace(/(<description>ELB net\/(?:(?!<description>).)*?<status>)available(<\/status>)/gs, '$1in-use$2')
    : answer;
}

/** No target groups: AWS knows load balancers without any, moto takes them for a mistake. */
export const noGroups: Answer = {
  status: 200,
  type: 'text/xml',
  body:
    '<DescribeTargetGroupsResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeTargetGroupsResult>' +
    '<TargetGroups/></DescribeTargetGroupsResult><ResponseMetadata><RequestId>0</RequestId></ResponseMetadata>' +
    '</DescribeTargetGroupsResponse>',
};

/** The call that gives a new target group the attributes that those of Network Load Balancers have (ELBv2 API reference, TargetGroupAttribute). */
export function attributesOfNew({ action, parameters }: QueryCall, answer: string): URLSearchParams | undefined {
  const [, arn] = /<TargetGroupArn>([^<]*)</.exec(answer) ?? [];
  if (action !== 'CreateTargetGroup' || arn === undefined) return undefined;
  const isPreserved =
    parameters.get('TargetType') !== 'ip' || /UDP|QUIC/.test(parameters.get('Protocol') ?? '') ? 'true' : 'false';
  const attributes = {
    'proxy_protocol_v2.enabled': 'false',
    'preserve_client_ip.enabled': isPreserved,
    'deregistration_delay.connection_termination.enabled': 'false',
    'target_health_state.unhealthy.connection_termination.enabled': 'true',
    'target_health_state.unhealthy.draining_interval_seconds': '0',
  };
  const call = new URLSearchParams({
    Action: 'ModifyTargetGroupAttributes',
    Version: '2015-12-01',
    TargetGroupArn: arn,
  });
  for (const [index, [key, value]] of Object.entries(attributes).entries()) {
    call.set(`Attributes.member.${index + 1}.Key`, key);
    call.set(`Attributes.member.${index + 1}.Value`, value);
  }
  return call;
}
