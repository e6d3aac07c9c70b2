import { describe, expect, test } from 'vitest';
import { assess } from '../../../core/diagnosis/assess.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Report } from '../../../core/model/report.ts';
import type { ClientStep } from '../../../core/model/served-state.ts';
import { renderHtml } from '../../../core/render/html/page.ts';
import { renderMarkdown } from '../../../core/render/text/markdown.ts';
import { renderText } from '../../../core/render/text/text.ts';
import { daemonSet } from '../network/open-path.ts';
import { run } from '../render/crash-report.ts';
import { fail, metadata, probe, rule, type SampleOptions, sampleFacts, useBothProtocols } from '../sample-facts.ts';

function reportOf(change: (facts: Facts) => void = () => {}, options: SampleOptions = { targetType: 'ip' }): Report {
  const facts = sampleFacts(options);
  change(facts);
  const inventory = { account: '111122223333', region: 'eu-west-1', clusters: [{ name: 'shop' }] as never, gaps: [] };
  return assess({ run, inventory, facts: [facts] }).report;
}

const stepsOf = (report: Report): ClientStep[] | undefined => report.groups[0]?.clientsPath;

const step = (report: Report, name: ClientStep['step']): ClientStep | undefined =>
  stepsOf(report)?.find((each) => each.step === name);

const gap = (slice: keyof Facts['slices']): Facts['gaps'][number] => ({
  slice,
  scope: { kind: 'all' },
  reason: 'denied',
  action: `read ${slice}`,
  message: `${slice} refused`,
  remedy: 'grant it',
});

const hide =
  (slice: keyof Facts['slices']) =>
  (facts: Facts): void => {
    facts.gaps.push(gap(slice));
    Object.assign(facts.slices, { [slice]: [] });
  };

/** Health checks of a port that clients do not use. */
const apart = ({ slices }: Facts): void => {
  for (const target of slices.targetHealth) target.healthCheckPort = 9000;
};

/** An engine enforces a policy that admits this range to every pod. */
const restrictTo =
  (cidr: string) =>
  ({ slices }: Facts): void => {
    slices.workloads.push(daemonSet('aws-node', {}, ['--enable-network-policy=true']));
    slices.networkPolicies.push({
      metadata: metadata('web', 'shop'),
      spec: {
        podSelector: { matchLabels: {}, matchExpressions: [] },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ ipBlock: { cidr, except: [] } }], ports: [] }],
      },
    });
  };

describe('the path of clients to a group with healthy targets', () => {
  test('is evaluated whole where the health check passes on the traffic port', () => {
    expect(stepsOf(reportOf())?.map(({ step, decision }) => `${step} ${decision}`)).toEqual([
      'listener allow',
      'load balancer network ACLs allow',
      'load balancer rules allow',
      'zones allow',
      'target filters allow',
      'policies allow',
      'process allow',
    ]);
  });

  test.each<[ClientStep['step'], ClientStep['decision'], RegExp, (facts: Facts) => void]>([
    ['load balancer rules', 'unknown', /securityGroups refused/, hide('securityGroups')],
    [
      'load balancer rules',
      'deny',
      /no inbound rule for TCP 80/,
      ({ slices }) => {
        const own = slices.securityGroups.find(({ name }) => name === 'load balancer');
        if (own !== undefined) own.rules = own.rules.filter(({ egress }) => egress);
      },
    ],
    ['target filters', 'unknown', /networkInterfaces refused/, hide('networkInterfaces')],
    [
      'target filters',
      'unknown',
      /network ACLs were not read/,
      (facts) => {
        apart(facts);
        hide('networkAcls')(facts);
      },
    ],
    [
      'target filters',
      'deny',
      /no ingress rule for TCP 8080/,
      (facts) => {
        apart(facts);
        const nodes = facts.slices.securityGroups.find(({ name }) => name === 'nodes');
        if (nodes !== undefined) nodes.rules = [rule({ fromPort: 9000, toPort: 9000, cidrIpv4: '10.0.0.0/8' })];
      },
    ],
    [
      'policies',
      'unknown',
      /networkPolicies refused/,
      (facts) => {
        hide('networkPolicies')(facts);
        hide('workloads')(facts);
      },
    ],
    ['policies', 'allow', /nothing enforces them/, hide('networkPolicies')],
    ['policies', 'allow', /they admit clients, or some of them/, restrictTo('0.0.0.0/0')],
    ['process', 'unknown', /nothing was sent to port 8080: the health check asks TCP 9000/, apart],
    [
      'process',
      'allow',
      /^a target took a connection on the traffic port; no datagram was sent: UDP is not judged$/,
      (facts) => {
        apart(facts);
        useBothProtocols(facts);
        for (const group of facts.slices.securityGroups)
          group.rules.push(rule({ protocol: '-1', fromPort: -1, toPort: -1, cidrIpv4: '0.0.0.0/0' }));
        probe(facts, 'client-connect', { kind: 'open' }, { only: '10.0.0.100', port: 8080 });
      },
    ],
    [
      'internet route',
      'deny',
      /no route to the Internet/,
      ({ slices }) => {
        for (const balancer of slices.loadBalancers) balancer.scheme = 'internet-facing';
      },
    ],
    [
      'load balancer network ACLs',
      'deny',
      /rule 50 denies TCP 80 inbound/,
      ({ slices }) => {
        for (const balancer of slices.loadBalancers) balancer.scheme = 'internet-facing';
        const closed = { egress: false, ruleNumber: 50, protocol: '6', action: 'deny' as const, cidr: '0.0.0.0/0' };
        for (const { entries } of slices.networkAcls) entries.unshift({ ...closed, fromPort: 80, toPort: 80 });
      },
    ],
    ['load balancer network ACLs', 'unknown', /networkAcls refused/, hide('networkAcls')],
    [
      'zones',
      'deny',
      /eu-west-1b.* out of DNS/,
      ({ slices }) => {
        for (const balancer of slices.loadBalancers) balancer.attributes['load_balancing.cross_zone.enabled'] = 'false';
        fail(slices.targetHealth, '10.0.1.100');
        for (const target of slices.targetHealth)
          target.zone = target.id === '10.0.1.100' ? 'eu-west-1b' : 'eu-west-1a';
      },
    ],
  ])('%s: %s, %s', (name, decision, by, change) => {
    const found = step(reportOf(change), name);
    expect(found?.decision).toBe(decision);
    expect(found?.by).toMatch(by);
  });

  test.each<[string, (facts: Facts) => void]>([
    ['no target is healthy', ({ slices }) => fail(slices.targetHealth)],
    [
      'no listener forwards',
      ({ slices }) => {
        slices.listeners = [];
      },
    ],
    ['target health was not read', hide('targetHealth')],
  ])('is not spoken of where %s', (_, change) => {
    expect(stepsOf(reportOf(change))).toBeUndefined();
  });

  test('is one line of text, with reasons where details are asked for, and part of every page', () => {
    const report = reportOf(apart);
    const line = 'Path of clients to 1 target group evaluated, but not: process of 1';
    const options = { width: 200, color: false };
    expect(renderText(report, { ...options, verbose: false })).toContain(`${line}\n`);
    expect(renderText(report, { ...options, verbose: true })).toContain(
      'shop/web: process not evaluated (nothing was sent to port 8080',
    );
    expect(renderMarkdown(report)).toContain(line);
    expect(renderHtml(report)).toContain('process not evaluated (nothing was sent to port 8080');
    expect(renderText(reportOf(), { ...options, verbose: true })).toContain(
      'Path of clients to 1 target group evaluated\n',
    );
  });
});
