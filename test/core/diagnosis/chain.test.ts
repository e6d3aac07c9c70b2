import { describe, expect, test } from 'vitest';
import { chainOf } from '../../../core/diagnosis/chain.ts';
import type { Cluster } from '../../../core/model/aws.ts';
import type { Chain } from '../../../core/model/chain.ts';
import type { Facts } from '../../../core/model/facts.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { gap } from '../render/crash-report.ts';
import { fail, probe, sampleFacts, unready } from '../sample-facts.ts';

const cluster: Cluster = {
  arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/shop',
  name: 'shop',
  version: '1.33',
  status: 'ACTIVE',
  endpoint: 'https://example.eu-west-1.eks.amazonaws.com',
  certificateAuthority: '',
  vpcId: 'vpc-0aaaaaaaaaaaaaa01',
  subnetIds: [],
  securityGroupIds: [],
  endpointPublicAccess: false,
  endpointPrivateAccess: true,
  authenticationMode: 'API',
  ipFamily: 'ipv4',
  autoModeLoadBalancing: false,
  tags: {},
};

function chain(facts: Facts): Chain {
  facts.cluster = cluster;
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('no target group');
  return chainOf(group, facts);
}

describe('the chain of a target group', () => {
  test('counts the links from listener to nodes', () => {
    const facts = sampleFacts();
    unready(facts, 'web-1');
    expect(chain(facts)).toMatchObject({
      loadBalancer: { name: 'k8s-shop-web', scheme: 'internal', state: 'active' },
      listeners: [{ protocol: 'TCP', port: 80 }],
      service: { port: { port: 80, targetPort: '8080', nodePort: 31080 }, trafficPolicy: 'Cluster' },
      pods: { ready: 1, total: 2 },
      nodes: { ready: 3, total: 3 },
    });
  });

  test('counts targets zone by zone, with zones that have none', () => {
    const facts = sampleFacts({ targetType: 'ip' });
    fail(facts.slices.targetHealth, '10.0.0.100');
    const { zones } = chain(facts);
    expect(zones.map(({ healthy, targets, enabled }) => [healthy, targets, enabled])).toContainEqual([0, 0, true]);
    expect(zones.reduce((sum, { targets }) => sum + targets, 0)).toBe(2);
    expect(zones.reduce((sum, { healthy }) => sum + healthy, 0)).toBe(1);
  });

  test('says of what was not read that it was not, rather than that there is none', () => {
    const facts = sampleFacts();
    facts.slices.nodes = [];
    facts.slices.loadBalancers = [];
    facts.slices.listeners = [];
    expect(chain(facts)).toMatchObject({ loadBalancer: null, nodes: { ready: 0, total: 0 } });
    facts.gaps.push(gap);
    expect(chain(facts).nodes).toBeNull();
  });

  test('keeps one probe of each question and answer first, and eight at most', () => {
    const facts = sampleFacts();
    for (let time = 0; time < 4; time += 1) probe(facts, 'health-check', { kind: 'refused' });
    probe(facts, 'kube-proxy-healthz', { kind: 'http', status: 200 }, { only: facts.slices.targetHealth[0]?.id ?? '' });
    const { probes } = chain(facts);
    expect([probes.sent, probes.transcripts.length]).toEqual([13, 8]);
    expect(probes.transcripts.at(-1)).toMatchObject({ purpose: 'kube-proxy-healthz', outcome: 'HTTP 200' });
  });
});
