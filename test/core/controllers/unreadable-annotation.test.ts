import { expect, test } from 'vitest';
import { unreadableAnnotation } from '../../../core/controllers/unreadable-annotation.ts';
import type { Service, Workload } from '../../../core/model/kubernetes.ts';
import { deployment, metadata, sampleFacts } from '../sample-facts.ts';

const [like] = sampleFacts().slices.services;
const service = (ending: string, value: string): Service => {
  if (like === undefined) throw new Error('the sample has a Service');
  const annotations = { [`service.beta.kubernetes.io/aws-load-balancer-${ending}`]: value };
  return { ...like, metadata: { ...like.metadata, annotations } };
};
const release = (version: string): Workload[] => {
  const plain = deployment(2, { 'app.kubernetes.io/name': 'aws-load-balancer-controller' });
  const image = `public.ecr.aws/eks/aws-load-balancer-controller:${version}`;
  const container = { name: 'controller', image, command: [], args: [], env: [], ports: [] };
  plain.metadata = metadata('aws-load-balancer-controller', 'kube-system');
  plain.spec.template.containers = [container];
  return [plain];
};
const isRefused = (ending: string, value: string, version = 'v3.5.0'): boolean =>
  unreadableAnnotation(service(ending, value), 'aws-load-balancer-controller', release(version)) !== undefined;

test.each([
  ['additional-resource-tags', 'team=a\\,b'],
  ['additional-resource-tags', 'team=a,owner=b=c'],
  ['target-group-attributes', 'preserve_client_ip.enabled=true, stickiness.enabled=false'],
  ['target-group-attributes', ''],
  ['target-node-labels', 'eks.amazonaws.com/nodegroup=web,pool='],
  ['proxy-protocol', '*'],
  ['proxy-protocol-per-target-group', '80, 443'],
  ['scheme', 'internet-facing'],
  ['ip-address-type', 'dualstack'],
  ['name', 'whatever,it,is'],
])('%s: "%s" can be read', (ending, value) => {
  expect(isRefused(ending, value)).toBe(false);
});

test.each([
  ['additional-resource-tags', '=x'],
  ['additional-resource-tags', ','],
  ['additional-resource-tags', 'a=b,c'],
  ['additional-resource-tags', 'a=b,,c=d'],
  ['target-group-attributes', 'preserve_client_ip.enabled:true'],
  ['target-group-attributes', 'preserve_client_ip.enabled=true,'],
  ['target-group-attributes.443', 'proxy_protocol_v2.enabled'],
  ['target-node-labels', 'pool!=a'],
  ['proxy-protocol', 'true'],
  ['proxy-protocol-per-target-group', 'http'],
  ['scheme', 'public'],
  ['ip-address-type', 'ipv6'],
])('%s: "%s" is refused', (ending, value) => {
  expect(isRefused(ending, value)).toBe(true);
});

test('an escaped comma is known since 2.14.1, and is no reason where the release is not known', () => {
  expect(isRefused('additional-resource-tags', 'team=a\\,b', 'v2.14.0')).toBe(true);
  expect(
    unreadableAnnotation(service('additional-resource-tags', 'team=a\\,b'), 'aws-load-balancer-controller', undefined),
  ).toBeUndefined();
});

test('the other controllers are not judged by it', () => {
  expect(unreadableAnnotation(service('scheme', 'public'), 'eks-auto-mode', undefined)).toBeUndefined();
});
