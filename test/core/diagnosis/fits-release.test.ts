import { expect, test } from 'vitest';
import { fitsRelease } from '../../../core/diagnosis/fix/fits-release.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Step } from '../../../core/model/fix.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { deployment, sampleFacts } from '../sample-facts.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';
const step: Step = {
  text: 'Share the group.',
  change: { annotate: { [`${prefix}multi-cluster-target-group`]: 'true' } },
};

const emptyContainer = { name: 'controller', command: [], args: [], env: [], ports: [] };

/** What becomes of the text of a step with a controller of this tag. */
function textWith(tag: string, given: Step = step, change: (facts: Facts) => void = () => {}): string {
  const facts = sampleFacts();
  const controller = deployment(1);
  controller.metadata = { ...controller.metadata, name: 'aws-load-balancer-controller', namespace: 'kube-system' };
  controller.spec.template.containers = [
    { ...emptyContainer, image: `public.ecr.aws/eks/aws-load-balancer-controller:${tag}` },
  ];
  facts.slices.workloads = [controller];
  change(facts);
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('no target group');
  return fitsRelease(given, group, facts).text;
}

test('a release that does not know the annotation is to be upgraded first', () => {
  expect(textWith('v2.9.1')).toBe(
    'Share the group. Upgrade the AWS Load Balancer Controller first: 2.9.1, which runs here, does not know this annotation, 2.10.0 and later do.',
  );
});

test.each<[string, string, Step]>([
  ['the first release that knows it', 'v2.10.0', step],
  ['an image without a release', 'latest', step],
  [
    'an annotation that goes',
    'v2.9.1',
    { ...step, change: { annotate: { [`${prefix}multi-cluster-target-group`]: null } } },
  ],
  [
    'an annotation of all releases',
    'v2.9.1',
    { ...step, change: { annotate: { [`${prefix}healthcheck-path`]: '/ready' } } },
  ],
  ['a step that changes nothing', 'v2.9.1', { text: 'Share the group.' }],
])('nothing is said of %s', (_, tag, given) => {
  expect(textWith(tag, given)).toBe('Share the group.');
});

test('nor where another controller owns the Service', () => {
  const text = textWith('v2.9.1', step, ({ owners }) => {
    for (const owner of owners) owner.controller = 'eks-auto-mode';
  });
  expect(text).toBe('Share the group.');
});
