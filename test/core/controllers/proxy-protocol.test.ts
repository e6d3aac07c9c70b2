import { expect, test } from 'vitest';
import { mayWantProxyProtocol } from '../../../core/controllers/proxy-protocol.ts';
import { podsOf } from '../../../core/kubernetes/service.ts';
import { indexFacts } from '../../../core/model/indexed.ts';
import { sampleFacts } from '../sample-facts.ts';

/** The sample with a thousand pods of one template, whose variable is counted each time that it is read. */
function withThousandPods(name: string) {
  const facts = sampleFacts();
  const [pod] = facts.slices.pods;
  if (pod === undefined) throw new Error('the sample has a pod');
  let reads = 0;
  const [container] = pod.spec.containers;
  const variable = {
    get name() {
      reads += 1;
      return name;
    },
    value: 'on',
  };
  const containers = container === undefined ? [] : [{ ...container, env: [variable] }];
  facts.slices.pods = Array.from({ length: 1000 }, () => ({ ...pod, spec: { ...pod.spec, containers } }));
  return { facts: indexFacts(facts), reads: () => reads };
}

test.each([
  ['UNRELATED_SETTING', false],
  ['PROXY_PROTOCOL', true],
])('the containers that pods share are looked at once: %s', (name, expected) => {
  const { facts, reads } = withThousandPods(name);
  const [service] = facts.slices.services;
  if (service === undefined) throw new Error('the sample has a Service');
  for (const port of service.spec.ports)
    for (const _ of [1, 2, 3])
      expect(mayWantProxyProtocol(service, port, podsOf(service, facts.slices.pods))).toBe(expected);
  expect(reads()).toBeLessThan(3);
});

test('pods with containers of their own are all looked at', () => {
  const facts = sampleFacts();
  const [service] = facts.slices.services;
  const last = facts.slices.pods.at(-1);
  if (service === undefined || last === undefined) throw new Error('the sample has them');
  last.spec.containers = last.spec.containers.map((each) => ({ ...each, args: ['--proxy-protocol'] }));
  expect(mayWantProxyProtocol(service, undefined, podsOf(service, facts.slices.pods))).toBe(true);
});
