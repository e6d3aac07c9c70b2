import { expect, test } from 'vitest';
import { fieldOwner } from '../../../core/diagnosis/fix/field-owner.ts';
import { fill, surroundings } from '../../../core/diagnosis/fix/remediation.ts';
import { withAddOn } from '../../../core/diagnosis/fix/set-add-on.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Fix, Step, Template } from '../../../core/model/fix.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { formsOf } from '../../../core/render/fix-words.ts';
import { sampleFacts } from '../sample-facts.ts';

const path: Step = { text: 'Do it.', change: { annotate: { a: 'b' } } };
const cni: Step = {
  text: 'Do it.',
  change: {
    env: { AWS_VPC_CNI_NODE_PORT_SUPPORT: 'true' },
    container: 'aws-node',
    on: { object: 'daemonset/aws-node', in: 'kube-system' },
  },
};

/** A step of the sample, after an edit of its Facts. */
function fixOf(step: Step, edit: (facts: Facts) => void): Fix {
  const facts = sampleFacts();
  edit(facts);
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('the sample has no target group');
  const values = surroundings(group, facts);
  const set = withAddOn(step, { group, facts, values });
  return fill(set.step, { ...values, ...set.values }, { group, facts });
}

const service =
  (edit: Partial<Facts['slices']['services'][number]['metadata']>) =>
  ({ slices }: Facts): void => {
    for (const { metadata } of slices.services) Object.assign(metadata, edit);
  };
const marks = { 'argocd.argoproj.io/tracking-id': 'storefront:/Service:shop/web' };

test('the tool that holds the field comes first, and undoes a command', () => {
  const edit = service({
    managers: ['argocd-controller'],
    heldFields: { 'argocd-controller': ['metadata>annotations>a'] },
  });
  const { manifest } = fixOf(path, edit);
  expect(manifest).toMatchObject({ owner: 'Argo CD', undoneBy: 'the next sync' });
});

test('a field that a person set on an object of a tool is to be added there, and no sync is said to undo it', () => {
  const held = { managers: ['argocd-controller'], heldFields: { 'argocd-controller': ['spec>selector'] } };
  const fix = fixOf(path, service({ annotations: marks, ...held }));
  expect(fix.manifest?.owner).toBe('Argo CD application storefront');
  expect(fix.manifest?.undoneBy).toBeUndefined();
  expect(formsOf(fix).map(({ title }) => title)).toEqual([
    'Argo CD application storefront writes the object, but not this part of it so far. Add it in the source of Argo CD application storefront:',
    'To stop the bleeding:',
  ]);
});

test('an object whose other fields a tool holds has no owner for this one', () => {
  const fix = fixOf(path, service({ managers: ['Terraform'], heldFields: { Terraform: ['metadata>annotations>b'] } }));
  expect(fix.manifest).toMatchObject({ where: 'the manifest of Service shop/web' });
  expect(fix.manifest?.owner).toBeUndefined();
});

const withCni = ({ slices }: Facts): void => {
  const [like] = slices.workloads;
  if (like === undefined) throw new Error('the sample has no workload');
  const metadata = { ...like.metadata, name: 'aws-node', namespace: 'kube-system', annotations: {}, labels: {} };
  slices.workloads.push({ ...like, kind: 'DaemonSet', metadata });
};

test.each<[string, { [field: string]: Template }, string]>([
  ['nothing', {}, '{"env":{"AWS_VPC_CNI_NODE_PORT_SUPPORT":"true"}}'],
  [
    'other values',
    { env: { WARM_IP_TARGET: '5', AWS_VPC_CNI_NODE_PORT_SUPPORT: 'false' }, enableNetworkPolicy: 'true' },
    '{"env":{"WARM_IP_TARGET":"5","AWS_VPC_CNI_NODE_PORT_SUPPORT":"true"},"enableNetworkPolicy":"true"}',
  ],
])(
  'a setting of a managed add-on goes into its configuration, which holds %s and keeps it',
  (_, configuration, whole) => {
    const fix = fixOf(cni, (facts) => {
      withCni(facts);
      facts.slices.addOns = [{ name: 'vpc-cni', managed: true, version: 'v1.20.1', tags: {}, configuration }];
    });
    expect(fix.command).toBe(
      `aws eks update-addon --region eu-west-1 --cluster-name shop --addon-name vpc-cni --configuration-values '${whole}' --resolve-conflicts OVERWRITE`,
    );
    expect(fix.danger).toContain('goes back to what its configuration says');
    expect(fix.undo?.command).toContain(JSON.stringify(configuration));
  },
);

test.each<[string, Facts['slices']['addOns']]>([
  ['EKS does not manage it', [{ name: 'vpc-cni', managed: false }]],
  ['it was not read', []],
  ['its configuration is not known whole', [{ name: 'vpc-cni', managed: true, version: 'v1', tags: {} }]],
  [
    'no shell can hold its configuration',
    [{ name: 'vpc-cni', managed: true, version: 'v1', tags: {}, configuration: { env: { A: "it's" } } }],
  ],
])('the DaemonSet itself is changed where %s', (_, addOns) => {
  const fix = fixOf(cni, (facts) => {
    withCni(facts);
    facts.slices.addOns = addOns;
  });
  expect(fix.command).toContain('set env daemonset/aws-node');
});

test('where EKS holds the variable, its configuration is the form that lasts, even where that could not be read', () => {
  const held = { eks: ['spec>template>spec>containers>aws-node>env>AWS_VPC_CNI_NODE_PORT_SUPPORT'] };
  const fix = fixOf(cni, (facts) => {
    withCni(facts);
    Object.assign(facts.slices.workloads.at(-1)?.metadata ?? {}, { managers: ['eks'], heldFields: held });
  });
  expect(fix.manifest).toEqual({
    owner: 'EKS add-on vpc-cni',
    where: 'the configuration of EKS add-on vpc-cni',
    undoneBy: 'the next update of the add-on',
    language: 'yaml',
    text: 'env:\n  AWS_VPC_CNI_NODE_PORT_SUPPORT: "true"',
  });
});

test('an add-on that Terraform made gets the attribute of its resource', () => {
  const fix = fixOf(cni, (facts) => {
    withCni(facts);
    const tags = { ManagedBy: 'Terraform' };
    facts.slices.addOns = [{ name: 'vpc-cni', managed: true, version: 'v1', tags, configuration: {} }];
  });
  expect(fix.manifest).toMatchObject({ owner: 'Terraform', undoneBy: 'the next apply' });
  expect(fix.manifest?.text).toContain('# in the resource aws_eks_addon\nconfiguration_values = ');
});

test('Argo CD that EKS runs is named as such', () => {
  const facts = sampleFacts();
  service({ annotations: marks })(facts);
  facts.slices.capabilities = [{ name: 'gitops', type: 'ARGOCD' }];
  expect(fieldOwner({ kind: 'Service', name: 'web', namespace: 'shop' }, [], facts)?.name).toBe(
    'Argo CD application storefront (EKS capability gitops)',
  );
});
