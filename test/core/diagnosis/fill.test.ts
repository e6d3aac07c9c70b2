import { expect, test } from 'vitest';
import { inContext } from '../../../core/diagnosis/fix/cluster-context.ts';
import { fill, prepared, surroundings } from '../../../core/diagnosis/fix/remediation.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { sampleFacts } from '../sample-facts.ts';

const shop = 'arn:aws:eks:eu-west-1:111122223333:cluster/shop';

test('every kubectl and helm of a command names the cluster, a plugin excepted', () => {
  expect(inContext('kubectl get nodes -o name | xargs kubectl describe')).toBe(
    'kubectl --context {context} get nodes -o name | xargs kubectl --context {context} describe',
  );
  expect(inContext('helm upgrade cilium cilium/cilium')).toBe(
    'helm --kube-context {context} upgrade cilium cilium/cilium',
  );
  expect(inContext('kubectl --context {other} get nodes')).toBe('kubectl --context {other} get nodes');
  expect(inContext('kubectl argo rollouts get rollout web')).toBe('kubectl argo rollouts get rollout web');
});

test('a command and its verification carry the context of the cluster that owns the target group', () => {
  const facts = sampleFacts();
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('the sample has no target group');
  const filled = fill(
    { text: 'Look.', look: { kubectl: 'get pods' }, verify: 'kubectl get pods' },
    surroundings(group, facts),
  );
  expect(filled).toMatchObject({
    command: `kubectl --context ${shop} get pods`,
    verify: `kubectl --context ${shop} get pods`,
  });
});

test('the name of a cluster that a shell could misread is left out of the command', () => {
  const facts = sampleFacts();
  for (const owner of facts.owners) owner.cluster = 'shop$(reboot)';
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('the sample has no target group');
  const { command, text } = fill({ text: 'Look.', look: { kubectl: 'get pods' } }, surroundings(group, facts));
  expect(command).toBe('kubectl --context <context> get pods');
  expect(text).toContain('Put in <context> yourself');
});

test('a command for which a value is not known is left out, and its sentence stays', () => {
  const step = {
    text: 'Look at the pod.',
    look: { kubectl: 'get pod {pod}' },
    verify: 'kubectl get pod {pod} --watch',
  };
  expect(fill(step, { context: shop })).toEqual({ text: 'Look at the pod.' });
  expect(fill(step, { context: shop, pod: '' })).toEqual({ text: 'Look at the pod.' });
});

test('the first command for each cluster comes with the one that makes its context', () => {
  const other = shop.replace(/shop$/, 'other');
  const steps = ['aws x', `kubectl --context ${shop} a`, `kubectl --context ${shop} b`, `kubectl --context ${other} c`];
  const of = (cluster: string): string => `aws eks update-kubeconfig --region eu-west-1 --name ${cluster}`;
  expect(prepared(steps.map((command) => ({ text: 'Do it.', command }))).map(({ prepare }) => prepare)).toEqual([
    undefined,
    of('shop'),
    undefined,
    of('other'),
  ]);
});
