// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what HCL would fill is meant
import { loadYaml as parse } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { fill, surroundings } from '../../../core/diagnosis/fix/remediation.ts';
import { fitted } from '../../../core/diagnosis/fix/set-health-check.ts';
import type { Filling } from '../../../core/model/check-result.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Change, Manifest } from '../../../core/model/fix.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { hostileValues } from '../../commands/hostile-values.ts';
import { metadata, sampleFacts } from '../sample-facts.ts';

const annotation = 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-path';

/** The manifest of a change of the sample, after an edit of its Facts. */
function manifestFor(
  change: Change,
  { values = {}, edit = () => {} }: { values?: Record<string, Filling>; edit?: (facts: Facts) => void } = {},
): Manifest | undefined {
  const facts = sampleFacts();
  edit(facts);
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('the sample has no target group');
  const step = fitted({ text: 'Do it.', change }, group, facts);
  return fill(step, { ...surroundings(group, facts), ...values }, { group, facts }).manifest;
}

const path: Change = { healthCheck: { path: '{path}' } };
const values = { path: '/ready' };
const marked =
  (labels: Record<string, string>, annotations: Record<string, string> = {}, managers?: string[]) =>
  (facts: Facts): void => {
    for (const { metadata } of facts.slices.services) {
      Object.assign(metadata.labels, labels);
      Object.assign(metadata.annotations, annotations);
      if (managers !== undefined) metadata.managers = managers;
    }
  };

test('without any mark the manifest of the object keeps what the command does', () => {
  expect(manifestFor(path, { values })).toEqual({
    where: 'the manifest of Service shop/web',
    language: 'yaml',
    text: `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  annotations:
    ${annotation}: "/ready"`,
  });
});

test.each([
  [
    { 'argocd.argoproj.io/instance': 'shop' },
    {},
    'Argo CD application shop',
    'the source of Argo CD application shop',
    'the next sync',
  ],
  [
    {},
    { 'argocd.argoproj.io/tracking-id': 'shop:/Service:shop/web' },
    'Argo CD application shop',
    'the source of Argo CD application shop',
    'the next sync',
  ],
  [
    { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' },
    {},
    'Flux Kustomization flux-system/apps',
    'the source of Flux Kustomization flux-system/apps',
    'the next sync',
  ],
  [
    {},
    { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' },
    'Helm release shop/web',
    'the values of Helm release shop/web',
    'the next upgrade',
  ],
])('the owner is read from labels and annotations: %j %j', (labels, annotations, owner, where, undoneBy) => {
  expect(manifestFor(path, { values, edit: marked(labels, annotations) })).toMatchObject({ owner, where, undoneBy });
});

test('a tool that leaves no other mark is known by its name among the field managers', () => {
  expect(manifestFor(path, { values, edit: marked({}, {}, ['Terraform']) })).toMatchObject({ owner: 'Terraform' });
  expect(manifestFor(path, { values, edit: marked({}, {}, ['kube-controller-manager']) })?.owner).toBeUndefined();
});

test('a HelmRelease of a chart that is known gets values, another one what its chart has to render', () => {
  const scaled: Change = { scale: 2, on: { object: 'deployment {controllerDeployment}', in: '{controllerNamespace}' } };
  const controller =
    (chart: string) =>
    (facts: Facts): void => {
      const [deployment] = facts.slices.workloads.filter(({ kind }) => kind === 'Deployment');
      if (deployment === undefined) throw new Error('the sample has no Deployment');
      Object.assign(deployment.metadata.labels, {
        'helm.sh/chart': chart,
        'helm.toolkit.fluxcd.io/name': 'lbc',
        'helm.toolkit.fluxcd.io/namespace': 'flux',
      });
    };
  const [deployment] = sampleFacts().slices.workloads.filter(({ kind }) => kind === 'Deployment');
  const names = {
    controllerDeployment: deployment?.metadata.name ?? '',
    controllerNamespace: deployment?.metadata.namespace ?? '',
  };
  const known = manifestFor(scaled, { values: names, edit: controller('aws-load-balancer-controller-1.13.0') });
  expect(parse(known?.text ?? '')).toEqual({
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: 'lbc', namespace: 'flux' },
    spec: { values: { replicaCount: 2 } },
  });
  const other = manifestFor(scaled, { values: names, edit: controller('web-1.0.0') });
  expect(other?.where).toContain('so that its chart renders this');
  expect(parse(other?.text ?? '')).toMatchObject({ kind: 'Deployment', spec: { replicas: 2 } });
});

const byHand =
  (tags: Record<string, string>) =>
  (facts: Facts): void => {
    for (const owner of facts.owners) owner.by = 'target-group-binding';
    for (const group of facts.slices.targetGroups) group.tags = tags;
    for (const group of facts.slices.securityGroups) group.tags = tags;
  };

test.each([
  { ManagedBy: 'Terraform' },
  { 'managed-by': 'terraform' },
  { terraform: 'true' },
  { provisioner: 'OpenTofu' },
])('a target group that Terraform made gets the attributes of its resource: %j', (tags) => {
  expect(manifestFor(path, { values, edit: byHand(tags) })).toEqual({
    owner: 'Terraform',
    where: 'its Terraform configuration',
    undoneBy: 'the next apply',
    language: 'hcl',
    text: '# in the resource aws_lb_target_group\nhealth_check {\n  path = "/ready"\n}',
  });
});

test('one of a stack gets the properties of its template', () => {
  const edit = byHand({ 'aws:cloudformation:stack-name': 'shop', 'aws:cloudformation:logical-id': 'WebGroup' });
  expect(
    manifestFor({ healthCheck: { path: '{path}', intervalSeconds: '10', successCodes: '200-399' } }, { values, edit }),
  ).toEqual({
    owner: 'CloudFormation stack shop',
    where: 'the template of stack shop, resource WebGroup',
    undoneBy: 'the next update of the stack',
    language: 'yaml',
    text: 'HealthCheckPath: "/ready"\nHealthCheckIntervalSeconds: 10\nMatcher:\n  HttpCode: "200-399"',
  });
});

test('tags that name another tool, or say that it is not Terraform, name no owner', () => {
  for (const tags of [{ ManagedBy: 'eksctl' }, { terraform: 'false' }, { Name: 'terraform' }])
    expect(manifestFor(path, { values, edit: byHand(tags) })).toBeUndefined();
});

test('a target group of a Gateway gets the whole health check in its TargetGroupConfiguration', () => {
  const edit = (facts: Facts): void => {
    for (const owner of facts.owners) owner.controller = 'aws-load-balancer-controller-gateway';
  };
  const manifest = manifestFor(path, { values, edit });
  expect(manifest).toMatchObject({ where: 'the TargetGroupConfiguration of Service shop/web' });
  expect(parse(manifest?.text ?? '')).toMatchObject({
    apiVersion: 'gateway.k8s.aws/v1beta1',
    kind: 'TargetGroupConfiguration',
    spec: {
      targetReference: { name: 'web' },
      defaultConfiguration: {
        healthCheckConfig: {
          healthCheckPath: '/ready',
          healthCheckInterval: expect.any(Number),
          healthCheckPort: expect.any(String),
        },
      },
    },
  });
});

test('a TargetGroupConfiguration has the version in which the cluster served its like', () => {
  const edit = (facts: Facts): void => {
    for (const owner of facts.owners) owner.controller = 'aws-load-balancer-controller-gateway';
    facts.slices.gatewayConfigurations = [
      { kind: 'Gateway', metadata: metadata('edge'), spec: { className: 'nlb' } },
      {
        kind: 'LoadBalancerConfiguration',
        apiVersion: 'gateway.k8s.aws/v1',
        metadata: metadata('of-gateway'),
        spec: {},
      },
    ];
  };
  expect(parse(manifestFor(path, { values, edit })?.text ?? '')).toMatchObject({ apiVersion: 'gateway.k8s.aws/v1' });
});

test('an attribute of a target group of a Gateway stands in its TargetGroupConfiguration too', () => {
  const edit = (facts: Facts): void => {
    for (const owner of facts.owners) owner.controller = 'aws-load-balancer-controller-gateway';
  };
  const change: Change = {
    aws: 'elbv2 modify-target-group-attributes',
    options: { 'target-group-arn': '{targetGroup}', attributes: 'Key=proxy_protocol_v2.enabled,Value=false' },
  };
  expect(parse(manifestFor(change, { edit })?.text ?? '')).toMatchObject({
    kind: 'TargetGroupConfiguration',
    spec: {
      targetReference: { name: 'web' },
      defaultConfiguration: { targetGroupAttributes: [{ key: 'proxy_protocol_v2.enabled', value: 'false' }] },
    },
  });
});

test('a rule of a security group is a resource for each of its sources', () => {
  const permission = JSON.stringify([
    {
      IpProtocol: 'tcp',
      FromPort: 30080,
      ToPort: 30080,
      UserIdGroupPairs: [{ GroupId: 'sg-1' }],
      IpRanges: [{ CidrIp: '10.0.0.0/8' }],
    },
  ]);
  const [securityGroup = ''] = sampleFacts().slices.securityGroups.map(({ id }) => id);
  const change: Change = {
    aws: 'ec2 authorize-security-group-ingress',
    options: { 'group-id': '{securityGroup}', 'ip-permissions': '{permission}' },
  };
  const text = manifestFor(change, { values: { securityGroup, permission }, edit: byHand({ iac: 'terraform' }) })?.text;
  expect(text?.match(/aws_vpc_security_group_ingress_rule/g)).toHaveLength(2);
  expect(text).toContain('referenced_security_group_id = "sg-1"');
  expect(text).toContain('cidr_ipv4 = "10.0.0.0/8"');
});

test('a listener, a tag and an entry of a network ACL are what Terraform names them', () => {
  const terraform = byHand({ iac: 'terraform' });
  const [securityGroup = ''] = sampleFacts().slices.securityGroups.map(({ id }) => id);
  const listener: Change = {
    aws: 'elbv2 create-listener',
    options: { 'load-balancer-arn': '{loadBalancer}', protocol: '{protocol}', port: '{port}' },
  };
  const edit = (facts: Facts): void => {
    terraform(facts);
    for (const { tags } of facts.slices.loadBalancers) tags.terraform = 'true';
  };
  expect(manifestFor(listener, { values: { protocol: 'TCP', port: 443 }, edit })?.text).toMatch(
    /^# in the resource aws_lb_listener\nload_balancer_arn = "arn:[^"]+"\nport = 443\nprotocol = "TCP"\ndefault_action {\n {2}type = "forward"\n {2}target_group_arn = "arn:[^"]+"\n}$/,
  );
  const tag: Change = {
    aws: 'ec2 create-tags',
    options: { resources: '{securityGroup}', tags: 'Key=kubernetes.io/cluster/{cluster},Value=owned' },
  };
  expect(manifestFor(tag, { values: { securityGroup, cluster: 'shop' }, edit })?.text).toBe(
    '# in the resource aws_security_group\ntags = {\n  "kubernetes.io/cluster/shop" = "owned"\n}',
  );
  const entry: Change = {
    aws: 'ec2 create-network-acl-entry',
    options: {
      'network-acl-id': '{networkAcl}',
      'rule-number': '{ruleNumber}',
      'port-range': '{portRange}',
      '…': '{direction} {family} {cidr}',
    },
  };
  const words = { ruleNumber: 90, portRange: 'From=1024,To=65535', direction: '--egress', family: '--cidr-block' };
  const withAcl = (facts: Facts): void => {
    facts.slices.networkAcls = [
      {
        id: 'acl-1',
        vpcId: 'vpc-1',
        isDefault: false,
        subnetIds: [],
        entries: [],
        tags: { 'managed-by': 'terraform' },
      },
    ];
  };
  expect(
    manifestFor(entry, { values: { ...words, networkAcl: 'acl-1', cidr: '10.0.0.0/20' }, edit: withAcl })?.text,
  ).toBe(
    '# in the resource aws_network_acl_rule\nnetwork_acl_id = "acl-1"\nrule_number = 90\negress = true\nprotocol = "tcp"\n' +
      'rule_action = "allow"\ncidr_block = "10.0.0.0/20"\nfrom_port = 1024\nto_port = 65535',
  );
});

test('a change that no manifest holds has none', () => {
  expect(manifestFor({ restart: { object: 'deployment/web', in: 'shop' } })).toBeUndefined();
  expect(manifestFor({ wake: 'service' })).toBeUndefined();
});

test('an annotation that is to go is a line to remove', () => {
  const manifest = manifestFor({ annotate: { [annotation]: null } });
  expect(manifest?.text).toContain(`    # remove this line: ${annotation}`);
});

test('no foreign value leaves its text in YAML', () => {
  expect(hostileValues.length).toBeGreaterThan(20);
  for (const hostile of hostileValues.filter((value) => value.length < 1000)) {
    const manifest = manifestFor(path, { values: { path: hostile } });
    expect(parse(manifest?.text ?? '')).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop', annotations: { [annotation]: hostile } },
    });
    expect(manifest?.text).toMatch(/^[\x20-\x7e\n]*$/);
  }
});

test('no foreign value leaves its text in HCL, and none is a template there', () => {
  for (const hostile of [...hostileValues, '${file("/etc/passwd")}', '%{ if true }x%{ endif }'].filter(
    (value) => value.length < 1000 && value.trim() !== '' && !/^\d+$/.test(value),
  )) {
    const text = manifestFor(path, { values: { path: hostile }, edit: byHand({ iac: 'terraform' }) })?.text ?? '';
    const [, line, ...rest] = text.split('\n').slice(1);
    expect(rest).toEqual(['}']);
    expect(line).toMatch(/^ {2}path = "(?:[^"\\]|\\["\\]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*"$/);
    expect(line).not.toMatch(/(?<![$%])[$%]\{/);
  }
});
