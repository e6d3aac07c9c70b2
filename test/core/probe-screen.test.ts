import { expect, test } from 'vitest';
import type { PlannedProbe, ProbeRequest } from '../../core/model/probe-result.ts';
import { screenProbes } from '../../core/probes/screen.ts';
import { instanceId, sampleFacts, targetGroupArn } from './sample-facts.ts';

const own = '10.0.9.9';

function screen(request: Partial<ProbeRequest>, cidrs = ['10.0.0.0/16'], ipv6Cidrs = ['2600:1f18::/56']) {
  const facts = sampleFacts();
  for (const vpc of facts.slices.vpcs) Object.assign(vpc, { cidrs, ipv6Cidrs });
  const planned: PlannedProbe = {
    purpose: 'health-check',
    targetGroupArn,
    targetId: instanceId(0),
    targetPort: 31080,
    request: { address: '10.0.0.1', port: 80, protocol: 'HTTP', path: '/', host: 'a', timeoutMs: 1, ...request },
    attempts: 1,
  };
  return screenProbes([planned], facts, [own]);
}

test.each<[string, Partial<ProbeRequest>, string[]?]>([
  ['an address of the VPC', {}],
  ['an IPv6 address of the VPC', { address: '2600:1f18::7' }],
  ['loopback where it is the VPC', { address: '127.9.0.1' }, ['127.9.0.0/16']],
  ['a path with a query and percent signs', { path: '/a%0d%0a?b=c&d' }],
])('%s is probed', (_, request, cidrs) => {
  expect(screen(request, cidrs)).toMatchObject({ allowed: [{ targetId: instanceId(0) }], gaps: [] });
});

test.each<[string, Partial<ProbeRequest>, string]>([
  ['a line break in the path', { path: '/a HTTP/1.1\r\nx: y\r\n\r\nPOST /admin/delete' }, 'path'],
  ['a bare line feed in the path', { path: '/a\nb' }, 'path'],
  ['a space in the path', { path: '/a b' }, 'path'],
  ['a NUL in the path', { path: '/\0' }, 'path'],
  ['letters beyond ASCII in the path', { path: '/ü' }, 'path'],
  ['a whole URL for a path', { path: 'http://elsewhere/' }, 'path'],
  ['a path without end', { path: `/${'a'.repeat(500_000)}` }, 'path'],
  ['a line break in the Host', { host: 'a\r\nx: y' }, 'host name'],
  ['a port that is none', { port: 70_000 }, 'port'],
  ['instance metadata', { address: '169.254.169.254' }, 'link-local, metadata'],
  ['instance metadata over IPv6', { address: 'fd00:ec2::254' }, 'link-local, metadata'],
  ['a link-local address', { address: 'fe80::1' }, 'link-local, metadata'],
  ['instance metadata as a mapped address', { address: '::ffff:a9fe:a9fe' }, 'outside'],
  ['instance metadata as a mapped address with dots', { address: '::ffff:169.254.169.254' }, 'not an IP address'],
  ['loopback', { address: '127.0.0.1' }, 'outside'],
  ['loopback over IPv6', { address: '::1' }, 'link-local, metadata'],
  ['an address with octal digits', { address: '010.0.0.1' }, 'not an IP address'],
  ['a name', { address: 'metadata.google.internal' }, 'not an IP address'],
  ['a whole range', { address: '10.0.0.0/24' }, 'not an IP address'],
  ['an address of another VPC', { address: '10.1.0.1' }, 'outside'],
  ['an address of the auditor', { address: own }, 'auditor itself'],
])('%s is never sent, and a gap says so', (_, request, words) => {
  const { allowed, gaps } = screen(request);
  expect(allowed).toEqual([]);
  expect(gaps).toMatchObject([{ slice: 'probes', reason: 'not-requested', scope: { id: instanceId(0) } }]);
  expect(gaps[0]?.message).toContain(words);
  expect(JSON.stringify(gaps)).not.toMatch(/delete|elsewhere|a{99}|\\r|\\u0000/);
});

test('link-local addresses stay out even where the VPC claims them', () => {
  expect(screen({ address: '169.254.169.254' }, ['169.254.0.0/16']).allowed).toEqual([]);
});

test('without the blocks of the VPC those of its subnets count, and without both nothing is sent', () => {
  const facts = sampleFacts();
  const planned = screen({}).allowed.map((probe) => ({ ...probe, request: { ...probe.request, address: '10.0.0.9' } }));
  facts.slices.vpcs = [];
  const [subnet] = facts.slices.subnets;
  for (const each of planned) each.request.address = (subnet?.cidr ?? '').replace(/0\/\d+$/, '9');
  expect(screenProbes(planned, facts, []).allowed).toHaveLength(1);
  facts.slices.subnets = [];
  expect(screenProbes(planned, facts, [])).toMatchObject({
    allowed: [],
    gaps: [{ remedy: 'Grant ec2:DescribeVpcs.' }],
  });
});
