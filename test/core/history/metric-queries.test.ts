import { expect, test } from 'vitest';
import { type MetricsWanted, metricQueries } from '../../../core/history/metric-queries.ts';
import { sampleFacts, targetGroupArn } from '../sample-facts.ts';

const names = (wanted: MetricsWanted, withFinding: string[] = []) =>
  Map.groupBy(metricQueries(sampleFacts(), wanted, new Set(withFinding)), ({ metric }) => metric);

test('nothing is read of a healthy group where only findings are wanted', () => {
  expect(names('findings').size).toBe(0);
});

test('of a healthy group only what shows failures in between and exhausted ports', () => {
  expect([...names('all')].map(([name, queries]) => [name, queries.length])).toEqual([
    ['UnHealthyHostCount', 3],
    ['PortAllocationErrorCount', 1],
  ]);
});

test('of a group with a finding all, by zone where CloudWatch counts by zone', () => {
  expect([...names('findings', [targetGroupArn])].map(([name, queries]) => [name, queries.length])).toEqual([
    ['UnHealthyHostCount', 3],
    ['HealthyHostCount', 3],
    ['PortAllocationErrorCount', 1],
    ['UnhealthyRoutingFlowCount', 3],
    ['NewFlowCount', 1],
    ['TCP_Target_Reset_Count', 1],
    ['TCP_ELB_Reset_Count', 1],
    ['SecurityGroupBlockedFlowCount_Inbound_TCP', 1],
    ['SecurityGroupBlockedFlowCount_Outbound_TCP', 1],
  ]);
});

test('what is counted for a load balancer is read once for all of its target groups', () => {
  const facts = sampleFacts();
  const [first] = facts.slices.targetGroups;
  if (first === undefined) throw new Error('no target group');
  facts.slices.targetGroups.push({ ...first, arn: `${first.arn}2` });
  const queries = metricQueries(facts, 'findings', new Set([`${first.arn}2`, first.arn]));
  expect(queries.filter(({ metric }) => metric === 'NewFlowCount')).toHaveLength(1);
  expect(queries.filter(({ metric }) => metric === 'UnHealthyHostCount')).toHaveLength(6);
});

test('a load balancer without security groups refuses nothing', () => {
  const facts = sampleFacts();
  for (const balancer of facts.slices.loadBalancers) balancer.securityGroups = [];
  const queries = metricQueries(facts, 'findings', new Set([targetGroupArn]));
  expect(queries.filter(({ metric }) => metric.startsWith('SecurityGroup'))).toEqual([]);
});
