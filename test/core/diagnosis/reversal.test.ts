import { expect, test } from 'vitest';
import { fill, surroundings } from '../../../core/diagnosis/fix/remediation.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Change } from '../../../core/model/fix.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { sampleFacts } from '../sample-facts.ts';

/** The command that takes a change of the sample back, without context and namespace. */
function takingBack(change: Change, values: Record<string, string | number> = {}, edit = (_: Facts): void => {}) {
  const facts = sampleFacts();
  edit(facts);
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('the sample has no target group');
  return fill({ text: 'Do it.', change }, { ...surroundings(group, facts), ...values }, { group, facts }).undo?.command;
}

const withService = (edit: (service: Facts['slices']['services'][number]) => void) => (facts: Facts) =>
  facts.slices.services.forEach(edit);

test('an annotation that was there gets its value back, and one that was not is removed', () => {
  const was = withService(({ metadata }) => {
    metadata.annotations.color = 'deep blue';
  });
  expect(takingBack({ annotate: { color: 'red' } }, {}, was)).toMatch(
    / --namespace shop annotate service web --overwrite color='deep blue'$/,
  );
  expect(takingBack({ annotate: { color: 'red' } })).toMatch(/ --namespace shop annotate service web color-$/);
  expect(takingBack({ annotate: { '{annotation}': 'red' } }, { annotation: 'shade' })).toMatch(/ service web shade-$/);
});

test('a health check that was set by annotation is reset by annotation', () => {
  expect(takingBack({ healthCheck: { path: '/x' } })).toMatch(/aws-load-balancer-healthcheck-path-$/);
});

test('a value that no shell passes on unchanged leaves only the sentence', () => {
  const hostile = withService(({ metadata }) => {
    metadata.annotations.color = "'; reboot; '";
  });
  expect(takingBack({ annotate: { color: 'red' } }, {}, hostile)).toBeUndefined();
});

test('the fields of a patch get what they hold now, and null where they are absent', () => {
  const local = withService(({ spec }) => {
    spec.externalTrafficPolicy = 'Local';
    spec.loadBalancerSourceRanges = ['10.0.0.0/8'];
    delete spec.allocateLoadBalancerNodePorts;
  });
  const patch = {
    spec: { externalTrafficPolicy: 'Cluster', loadBalancerSourceRanges: [], allocateLoadBalancerNodePorts: true },
  };
  const expected = `'{"spec":{"externalTrafficPolicy":"Local","loadBalancerSourceRanges":["10.0.0.0/8"],"allocateLoadBalancerNodePorts":null}}'`;
  expect(takingBack({ patch }, {}, local)).toContain(`patch service web --type merge --patch ${expected}`);
  expect(takingBack({ patch: '{patch}', type: 'merge' }, { patch: JSON.stringify(patch) }, local)).toContain(expected);
});

test('a field that Facts do not hold as the API does is not restored', () => {
  expect(takingBack({ patch: { spec: { sessionAffinity: 'None' } } })).toBeUndefined();
});

test('a port of the Service is restored as the number or the name that it is', () => {
  const port = { index: 0, open: 9000 };
  const change: Change = { servicePort: 'targetPort', to: '{open#}' };
  const named = withService(({ spec }) => {
    for (const each of spec.ports) each.targetPort = 'http';
  });
  const numbered = withService(({ spec }) => {
    for (const each of spec.ports) each.targetPort = 8080;
  });
  expect(takingBack(change, port, named)).toContain('"value":"http"}');
  expect(takingBack(change, port, numbered)).toContain('"value":8080}');
});

test('a target group gets its former health check and attributes', () => {
  const live: Change = {
    aws: 'elbv2 modify-target-group',
    options: { 'target-group-arn': '{targetGroup}', 'health-check-path': '/x', '…': '{option} {value}' },
  };
  const was = (facts: Facts): void => {
    for (const { healthCheck, attributes } of facts.slices.targetGroups) {
      Object.assign(healthCheck, { protocol: 'HTTP', path: '/old', timeoutSeconds: 6 });
      attributes['preserve_client_ip.enabled'] = 'true';
    }
  };
  const back = takingBack(live, { option: '--health-check-timeout-seconds', value: 9 }, was);
  expect(back).toContain(' --health-check-path /old');
  expect(back).toContain(' --health-check-timeout-seconds 6');
  expect(back).not.toContain('--health-check-protocol');
  const attributes = 'Key=preserve_client_ip.enabled,Value=false';
  expect(
    takingBack(
      { aws: 'elbv2 modify-target-group-attributes', options: { 'target-group-arn': '{targetGroup}', attributes } },
      {},
      was,
    ),
  ).toMatch(/Key=preserve_client_ip\.enabled,Value=true$/);
});

test('a rule that is opened is revoked by the same words', () => {
  const rule: Change = {
    aws: 'ec2 authorize-security-group-ingress',
    options: { 'group-id': '{securityGroup}', 'ip-permissions': '{permission}' },
  };
  expect(takingBack(rule, { securityGroup: 'sg-1', permission: '[{"FromPort":80}]' })).toBe(
    `aws ec2 revoke-security-group-ingress --region eu-west-1 --group-id sg-1 --ip-permissions '[{"FromPort":80}]'`,
  );
});

test('a workload goes back to its number of pods and a DaemonSet to its environment', () => {
  const deployment = (facts: Facts): void => {
    for (const { spec } of facts.slices.workloads) spec.replicas = 0;
  };
  const named = sampleFacts().slices.workloads.find(({ kind }) => kind === 'Deployment')?.metadata;
  if (named === undefined) throw new Error('the sample has no Deployment');
  const on = { object: '{workload}', in: String(named.namespace) };
  expect(takingBack({ scale: 2, on }, { workload: `deployment/${named.name}` }, deployment)).toMatch(/ --replicas=0$/);
});

const tagged = (tags: Record<string, string>) => (facts: Facts) => {
  for (const group of facts.slices.securityGroups) group.tags = tags;
};
const firstGroup = sampleFacts().slices.securityGroups[0]?.id ?? '';

test('a tag gets the value that it has now, and one that is not there is deleted whatever its value', () => {
  const key = 'kubernetes.io/cluster/shop';
  const options = { resources: '{group}', tags: `Key=${key}` };
  const values = { group: firstGroup };
  expect(takingBack({ aws: 'ec2 delete-tags', options }, values, tagged({ [key]: 'shared' }))).toBe(
    `aws ec2 create-tags --region eu-west-1 --resources ${firstGroup} --tags Key=${key},Value=shared`,
  );
  const create = { aws: 'ec2 create-tags', options: { ...options, tags: `Key=${key},Value=owned` } };
  expect(takingBack(create, values, tagged({ [key]: 'shared' }))).toContain(`create-tags`);
  expect(takingBack(create, values, tagged({ [key]: 'shared' }))).toContain(`Key=${key},Value=shared`);
  expect(takingBack(create, values, tagged({}))).toBe(
    `aws ec2 delete-tags --region eu-west-1 --resources ${firstGroup} --tags Key=${key}`,
  );
});

test('a tag of the target group is removed by its key, or gets its former value', () => {
  const add = { aws: 'elbv2 add-tags', options: { 'resource-arns': '{targetGroup}', tags: 'Key=team,Value=a' } };
  const withTag = (tags: Record<string, string>) => (facts: Facts) => {
    for (const group of facts.slices.targetGroups) group.tags = tags;
  };
  expect(takingBack(add, {}, withTag({}))).toMatch(/^aws elbv2 remove-tags .* --tag-keys team$/);
  expect(takingBack(add, {}, withTag({ team: 'b' }))).toMatch(/^aws elbv2 add-tags .* --tags Key=team,Value=b$/);
});

test('a rule that is revoked is authorized again as it is now', () => {
  const rule = {
    id: 'sgr-1',
    egress: false,
    protocol: 'tcp',
    fromPort: 80,
    toPort: 80,
    cidrIpv4: '10.0.0.0/8',
    description: 'web',
  };
  const options = { 'group-id': '{group}', 'security-group-rule-ids': '{rule}' };
  const edit = (facts: Facts) => {
    for (const group of facts.slices.securityGroups) group.rules = [rule];
  };
  const values = { group: firstGroup, rule: 'sgr-1' };
  expect(takingBack({ aws: 'ec2 revoke-security-group-ingress', options }, values, edit)).toBe(
    `aws ec2 authorize-security-group-ingress --region eu-west-1 --group-id ${firstGroup} --ip-permissions '[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"IpRanges":[{"CidrIp":"10.0.0.0/8","Description":"web"}]}]'`,
  );
  expect(
    takingBack({ aws: 'ec2 revoke-security-group-ingress', options }, { ...values, rule: 'sgr-2' }, edit),
  ).toBeUndefined();
});

test('a changed pod template is rolled back in its cluster and namespace', () => {
  const on = { object: 'daemonset kube-proxy', in: 'kube-system' };
  expect(takingBack({ patch: { spec: {} }, type: 'strategic', on })).toMatch(
    /^kubectl --context \S+ --namespace kube-system rollout undo daemonset\/kube-proxy$/,
  );
});
