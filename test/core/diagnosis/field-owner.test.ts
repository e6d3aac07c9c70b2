import { expect, test } from 'vitest';
import { fieldOwner } from '../../../core/diagnosis/fix/owner/field-owner.ts';
import { withAddOn } from '../../../core/diagnosis/fix/owner/set-add-on.ts';
import { fill, surroundings } from '../../../core/diagnosis/fix/remediation.ts';
import { stepsFor } from '../../../core/diagnosis/fix/steps-for.ts';
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

/** The steps of the sample's target group, after an edit of its Facts. */
function stepsOf(fix: Step[], edit: (facts: Facts) => void = () => {}): Fix[] {
  const facts = sampleFacts();
  edit(facts);
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('the sample has no target group');
  return stepsFor({ fix }, { group, facts, values: {} });
}

test('a step for target groups of another controller is left out', () => {
  const steps: Step[] = [
    { text: 'By annotation.', only: ['aws-load-balancer-controller'] },
    { text: 'On the listener.', only: ['cloud-provider-aws'] },
  ];
  const by = (controller: Facts['owners'][number]['controller']) => (facts: Facts) => {
    for (const owner of facts.owners) owner.controller = controller;
  };
  expect(stepsOf(steps, by('aws-load-balancer-controller')).map(({ text }) => text)).toEqual(['By annotation.']);
  expect(stepsOf(steps, by('cloud-provider-aws')).map(({ text }) => text)).toEqual(['On the listener.']);
});

const register: Step = {
  text: 'Register.',
  change: {
    aws: 'elbv2 register-targets',
    options: { 'target-group-arn': '{targetGroup}', targets: 'Id=10.0.0.1,Port=80' },
  },
};
const byHand =
  (tags: Record<string, string>) =>
  (facts: Facts): void => {
    for (const owner of facts.owners) owner.by = 'endpoints';
    for (const group of facts.slices.targetGroups) group.tags = tags;
  };

test('of targets that no controller registers the tool that does is named by its tags, or warned of without a name', () => {
  const [byTerraform] = stepsOf([register], byHand({ ManagedBy: 'Terraform' }));
  expect(byTerraform?.manifest?.text).toContain('aws_lb_target_group_attachment');
  expect(byTerraform?.danger).not.toContain('may take it back');
  expect(stepsOf([register], byHand({}))[0]?.danger).toContain('What registered the targets may take it back');
});

test.each([
  [
    { 'services.k8s.aws/controller-version': 'elbv2-1.0', 'services.k8s.aws/namespace': 'net' },
    'its custom resource in namespace net',
  ],
  [
    {
      'eks:eks-capability-arn': 'arn:aws:eks:eu-west-1:111122223333:capability/shop/ack/1',
      'eks:kubernetes-namespace': 'net',
      'eks:kubernetes-resource-name': 'web',
    },
    'the custom resource net/web',
  ],
])('an AWS resource that ACK made is to be changed through Kubernetes: %j', (tags, where) => {
  const [step] = stepsOf([register], byHand(tags));
  expect(step?.danger).toContain(`change it in ${where} too, or the next reconciliation takes it back`);
});

test('a tag that is to go is a line that is to go in the source of its security group', () => {
  const remove: Step = {
    text: 'Remove.',
    change: { aws: 'ec2 delete-tags', options: { resources: '{group}', tags: 'Key=kubernetes.io/cluster/shop' } },
  };
  const facts = sampleFacts();
  const [group] = groupsOf(facts);
  const [securityGroup] = facts.slices.securityGroups;
  if (group === undefined || securityGroup === undefined) throw new Error('the sample lacks it');
  securityGroup.tags = { ManagedBy: 'Terraform' };
  const [step] = stepsFor({ fix: [remove] }, { group, facts, values: { group: securityGroup.id } });
  expect(step?.manifest?.text).toBe(
    '# in the resource aws_security_group\ntags = {\n  # remove this line: "kubernetes.io/cluster/shop"\n}',
  );
});
