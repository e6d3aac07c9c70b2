import { expect, test } from 'vitest';
import { driftAt, nodePortAddresses, opensNodePortsOn, saysUnwell } from '../../../core/kubernetes/kube-proxy.ts';
import type { ProbeResult } from '../../../core/model/probe-result.ts';
import { metadata } from '../sample-facts.ts';

const configured = (text: string, key = 'config') => [
  {
    metadata: metadata('kube-proxy-config', 'kube-system'),
    data: { [key]: `kind: KubeProxyConfiguration\n${text}\n` },
  },
];

test.each([
  ['nodePortAddresses: null', []],
  ['nodePortAddresses: []', []],
  ['mode: iptables', []],
  ['nodePortAddresses:\n- 10.0.0.0/16\n- "10.1.0.0/16"\noomScoreAdj: -998', ['10.0.0.0/16', '10.1.0.0/16']],
  ['nodePortAddresses:\n  - fd00::/8', ['fd00::/8']],
  ['nodePortAddresses: ["10.0.0.0/8", primary]', ['10.0.0.0/8', 'primary']],
])('%j lists %j', (text, blocks) => {
  expect(nodePortAddresses([], configured(text))).toEqual(blocks);
  expect(nodePortAddresses([], configured(text, 'config.conf'))).toEqual(blocks);
});

test('a ConfigMap of another program is no configuration of kube-proxy', () => {
  const data = { config: 'nodePortAddresses: [10.0.0.0/8]' };
  expect(nodePortAddresses([], [{ metadata: metadata('calico-config', 'kube-system'), data }])).toEqual([]);
});

test('an address is open inside a block, and everywhere without one', () => {
  expect(opensNodePortsOn('10.0.3.4', ['10.1.0.0/16', '10.0.0.0/16'])).toBe(true);
  expect(opensNodePortsOn('10.0.3.4', ['10.1.0.0/16'])).toBe(false);
  expect(opensNodePortsOn('10.0.3.4', [])).toBe(true);
  expect(opensNodePortsOn('10.0.3.4', ['fd00::/8'])).toBe(true);
  expect(opensNodePortsOn('fd00::1', ['fd01::/16', '10.0.0.0/16'])).toBe(false);
});

const answering = (body: string): ProbeResult => ({
  purpose: 'kube-proxy-healthz',
  targetGroupArn: '',
  targetId: '',
  targetPort: 0,
  request: { address: '10.0.0.1', port: 10256, protocol: 'HTTP', timeoutMs: 3000 },
  outcome: { kind: 'http', status: 503, body },
  timings: { totalMs: 1 },
  attempt: 1,
  sentAt: '2026-11-20T12:00:00Z',
});

test.each([
  // The form of Go's time, as kube-proxy writes it.
  [
    '{"lastUpdated": "2026-11-20 11:50:00.123 +0000 UTC m=+1.5","currentTime": "2026-11-20 12:00:00.4 +0000 UTC m=+601.5", "nodeEligible": true}',
    600,
  ],
  ['{"lastUpdated":"2026-11-20T11:59:58Z","currentTime":"2026-11-20T12:00:00Z"}', 2],
  // Since Kubernetes 1.33 the families follow; where nothing changes a proxy that is well has had nothing to sync for long.
  [
    '{"lastUpdated":"2026-11-20T12:00:00.1Z","currentTime":"2026-11-20T12:00:00.1Z","nodeEligible":true,"healthy":true,"status":{"IPv4":{"lastUpdated":"2026-11-20T11:20:00.4Z","healthy":true}}}',
    0,
  ],
  ['{"nodeEligible":true}', undefined],
  ['not even JSON', undefined],
])('the drift in %s is %s', (body, drift) => {
  expect(driftAt(answering(body))).toBe(drift);
});

test.each([
  ['{"nodeEligible":true,"healthy":false}', true],
  ['{"nodeEligible":false,"healthy":true}', false],
  ['{"nodeEligible":false,"healthy":false}', true],
  ['{"nodeEligible": false}', false],
  ['{"nodeEligible": true}', true],
  ['Service Unavailable', true],
  ['null', true],
])('503 on port 10256 with %s: kube-proxy does not work is %s', (body, isUnwell) => {
  expect(saysUnwell(answering(body))).toBe(isUnwell);
});
