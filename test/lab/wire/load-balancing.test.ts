import {
  DescribeAccountLimitsCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect } from 'vitest';
import type { Lab } from '../../../lab/lab.ts';
import { clientOf, test } from './lab-fixture.ts';
import { loadBalancerArn, smallWorld, targetGroupArn } from './small-world.ts';

const client = (lab: Lab) => new ElasticLoadBalancingV2Client(clientOf(lab));

describe('Elastic Load Balancing of the lab', () => {
  test('describes a load balancer, its attributes and its listeners', async ({ start }) => {
    const elb = client(await start());
    const { LoadBalancers } = await elb.send(new DescribeLoadBalancersCommand({ Names: ['k8s-shop-web'] }));
    expect(LoadBalancers).toMatchObject([
      {
        LoadBalancerArn: loadBalancerArn,
        Type: 'network',
        State: { Code: 'active' },
        CreatedTime: new Date('2026-10-01T08:00:00.000Z'),
        AvailabilityZones: [{ ZoneName: 'eu-west-1a', SubnetId: 'subnet-0aaaaaaaaaaaaaaa1' }],
      },
    ]);
    const { Attributes } = await elb.send(
      new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: loadBalancerArn }),
    );
    expect(Attributes).toEqual([{ Key: 'load_balancing.cross_zone.enabled', Value: 'false' }]);
    const { Listeners } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: loadBalancerArn }));
    expect(Listeners).toMatchObject([
      {
        Port: 80,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArn, ForwardConfig: { TargetGroups: [{}] } }],
      },
    ]);
  });

  test('describes a target group with its health check, attributes and tags', async ({ start }) => {
    const elb = client(await start());
    const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({ LoadBalancerArn: loadBalancerArn }));
    expect(TargetGroups).toMatchObject([
      {
        TargetGroupName: 'k8s-shop-web',
        TargetType: 'instance',
        HealthCheckProtocol: 'HTTP',
        HealthCheckPort: 'traffic-port',
        HealthCheckTimeoutSeconds: 6,
        Matcher: { HttpCode: '200-399' },
        LoadBalancerArns: [loadBalancerArn],
      },
    ]);
    const { Attributes } = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: targetGroupArn }));
    expect(Attributes).toEqual([{ Key: 'deregistration_delay.timeout_seconds', Value: '300' }]);
    const { TagDescriptions } = await elb.send(
      new DescribeTagsCommand({ ResourceArns: [targetGroupArn, loadBalancerArn] }),
    );
    expect(TagDescriptions?.map(({ Tags }) => Tags)).toEqual([
      [{ Key: 'elbv2.k8s.aws/cluster', Value: 'shop' }],
      [{ Key: 'elbv2.k8s.aws/cluster', Value: 'shop' }],
    ]);
  });

  test('tells the health of every target, and calls a target that is not registered unused', async ({ start }) => {
    const elb = client(await start());
    const all = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }));
    expect(all.TargetHealthDescriptions).toMatchObject([
      {
        Target: { Id: 'i-00000000000000001', Port: 30080 },
        HealthCheckPort: '30080',
        TargetHealth: { State: 'healthy' },
      },
      { TargetHealth: { State: 'unhealthy', Reason: 'Target.FailedHealthChecks' } },
    ]);
    const stranger = { TargetGroupArn: targetGroupArn, Targets: [{ Id: 'i-0dead' }] };
    const one = await elb.send(new DescribeTargetHealthCommand(stranger));
    expect(one.TargetHealthDescriptions).toMatchObject([
      { Target: { Id: 'i-0dead', Port: 30080 }, TargetHealth: { State: 'unused', Reason: 'Target.NotRegistered' } },
    ]);
  });

  test('pages through target groups', async ({ start }) => {
    const [group] = smallWorld().targetGroups;
    const targetGroups = group ? ['a', 'b', 'c'].map((name) => ({ ...group, name, arn: `${group.arn}${name}` })) : [];
    const elb = client(await start({ targetGroups }));
    const pages: (string | undefined)[][] = [];
    for await (const { TargetGroups = [] } of paginateDescribeTargetGroups({ client: elb }, { PageSize: 2 })) {
      pages.push(TargetGroups.map(({ TargetGroupName }) => TargetGroupName));
    }
    expect(pages).toEqual([['a', 'b'], ['c']]);
  });

  test('answers things that do not exist with the names of the errors of the service', async ({ start }) => {
    const elb = client(await start());
    const refused = (name: string) => ({ name });
    const gone = `${targetGroupArn}9`;
    await expect(elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: gone }))).rejects.toMatchObject(
      refused('TargetGroupNotFoundException'),
    );
    await expect(elb.send(new DescribeTagsCommand({ ResourceArns: [gone] }))).rejects.toMatchObject(
      refused('TargetGroupNotFoundException'),
    );
    await expect(elb.send(new DescribeLoadBalancersCommand({ Names: ['gone'] }))).rejects.toMatchObject(
      refused('LoadBalancerNotFoundException'),
    );
    await expect(elb.send(new DescribeLoadBalancersCommand({ PageSize: 401 }))).rejects.toMatchObject(
      refused('ValidationError'),
    );
  });

  test('describes the tags of 20 resources and refuses 21', async ({ start }) => {
    const elb = client(await start());
    const arns = (count: number) => ({ ResourceArns: Array.from({ length: count }, () => targetGroupArn) });
    expect((await elb.send(new DescribeTagsCommand(arns(20)))).TagDescriptions).toHaveLength(20);
    await expect(elb.send(new DescribeTagsCommand(arns(21)))).rejects.toMatchObject({ name: 'ValidationError' });
  });

  test('tells the quotas', async ({ start }) => {
    const { Limits } = await client(await start()).send(new DescribeAccountLimitsCommand({}));
    expect(Limits).toContainEqual({ Name: 'targets-per-network-load-balancer', Max: '3000' });
  });

  test('throttles callers that empty the bucket', async ({ start }) => {
    const elb = client(await start({}, { elbBucket: { burst: 2, perSecond: 0.001 } }));
    const ask = () => elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }));
    await ask();
    await ask();
    await expect(ask()).rejects.toMatchObject({ name: 'Throttling', $metadata: { httpStatusCode: 400 } });
  });
});
