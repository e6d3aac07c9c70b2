import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../core/diagnosis/diagnose.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { ProbeOutcome } from '../../../core/model/probe-result.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { renderJson } from '../../../core/render/machine/json.ts';
import { renderMarkdown } from '../../../core/render/text/markdown.ts';
import { renderText } from '../../../core/render/text/text.ts';
import { daemonSet } from '../network/open-path.ts';
import { fail, instanceId, nodeName, probe, sampleFacts } from '../sample-facts.ts';
import { reportOf } from '../sample-report.ts';

function unexplained(facts: Facts) {
  const [diagnosis] = groupsOf(facts).flatMap((group) => diagnose(group, facts, [], []));
  if (diagnosis?.verdict !== 'unexplained') throw new Error('the targets are explained');
  return diagnosis;
}

function answering(outcome: ProbeOutcome): Facts {
  const facts = sampleFacts();
  for (const { healthCheck } of facts.slices.targetGroups) Object.assign(healthCheck, { protocol: 'HTTP', path: '/' });
  fail(facts.slices.targetHealth);
  probe(facts, 'health-check', outcome);
  return facts;
}

test.each<[string, ProbeOutcome, string, RegExp, RegExp]>([
  [
    'an answer',
    { kind: 'http', status: 503, body: 'no\u001b[2J database\n\n today' },
    '3 of 3 targets: HTTP 503, “no [2J database today”; for example GET http://10.0.0.10:31080/',
    /log of the application/,
    /^kubectl --context \S+ --namespace \S+ logs/,
  ],
  ['a refusal', { kind: 'refused' }, '3 of 3 targets: connection refused', /listen at the target/, /endpointslices/],
  [
    'silence',
    { kind: 'timeout', phase: 'connect' },
    '3 of 3 targets: no answer to the SYN',
    /flow logs/,
    /describe-flow-logs/,
  ],
])('%s is evidence and decides what to look at next', (_name, outcome, saw, decidedBy, command) => {
  const diagnosis = unexplained(answering(outcome));
  expect(diagnosis.evidence[0]).toMatchObject({ check: 'unexplained', saw: expect.stringContaining(saw) });
  expect(diagnosis.decidedBy).toMatch(decidedBy);
  expect(diagnosis.fix[0]?.command).toMatch(command);
});

test('where another program than kube-proxy forwards NodePorts, silence is first asked of its agent on the node', () => {
  const facts = answering({ kind: 'timeout', phase: 'connect' });
  facts.slices.workloads.push(daemonSet('cilium', {}));
  const [first] = unexplained(facts).fix;
  expect(first?.text).toMatch(/^Cilium forwards NodePorts/);
  expect(first?.command).toContain(`--selector k8s-app=cilium --field-selector spec.nodeName=${nodeName(0)}`);
});

test('targets that were not probed are counted', () => {
  const facts = answering({ kind: 'http', status: 500 });
  facts.slices.probes = facts.slices.probes.slice(0, 1);
  expect(unexplained(facts).evidence.map(({ saw }) => saw)).toEqual([
    expect.stringContaining('1 of 3 targets: HTTP 500'),
    expect.stringContaining('no target is healthy in any zone'),
    '2 of 3 targets: not probed',
  ]);
});

test('what all failing targets share and no healthy one has is evidence', () => {
  const facts = sampleFacts();
  fail(facts.slices.targetHealth, instanceId(0));
  const [instance] = facts.slices.instances;
  if (instance) instance.imageId = 'ami-0new';
  const saw = unexplained(facts).evidence.map((each) => each.saw);
  expect(saw).toContainEqual(expect.stringContaining('the same AMI, ami-0new, and no healthy target'));
  expect(saw).toContainEqual(expect.stringContaining('the same zone, eu-west-1a'));
  expect(saw.join()).not.toContain('instance type');
});

describe('each trait by which failing targets can differ from healthy ones', () => {
  const first = <Item>([item]: Item[]): Item => {
    if (item === undefined) throw new Error('the sample has one');
    return item;
  };
  const ip = () => sampleFacts({ targetType: 'ip' });

  test.each<[string, () => Facts, (facts: Facts) => void, string]>([
    ['zone', sampleFacts, () => {}, 'the same zone, eu-west-1a'],
    ['subnet', sampleFacts, () => {}, 'the same subnet, subnet-'],
    ['node', ip, () => {}, `the same node, ${nodeName(0)}`],
    ['AMI', sampleFacts, ({ slices }) => Object.assign(first(slices.instances), { imageId: 'ami-0new' }), 'ami-0new'],
    [
      'instance type',
      sampleFacts,
      ({ slices }) => Object.assign(first(slices.instances), { type: 't4g.nano' }),
      'the same instance type, t4g.nano',
    ],
    [
      'kubelet version',
      sampleFacts,
      ({ slices }) => Object.assign(first(slices.nodes).status, { kubeletVersion: 'v1.30.0-eks-1' }),
      'the same kubelet version, v1.30.0-eks-1',
    ],
    [
      'OS image',
      sampleFacts,
      ({ slices }) => {
        for (const [index, { status }] of slices.nodes.entries())
          status.osImage = index === 0 ? 'Amazon Linux 2' : 'Bottlerocket OS 1.50.0';
      },
      'the same OS image, Amazon Linux 2',
    ],
    [
      'workload',
      ip,
      ({ slices }) =>
        Object.assign(first(slices.pods).metadata, {
          ownerReferences: [{ kind: 'StatefulSet', name: 'web-old', uid: 'uid-old', controller: true }],
        }),
      'the same workload, statefulset/web-old',
    ],
  ])('%s', (_, make, change, saw) => {
    const facts = make();
    change(facts);
    fail(facts.slices.targetHealth, first(facts.slices.targetHealth).id);
    expect(JSON.stringify(unexplained(facts).evidence)).toContain(saw);
  });
});

test('nothing is said to be shared where every target fails, or where something of a healthy one was not read', () => {
  const all = answering({ kind: 'refused' });
  expect(
    unexplained(all)
      .evidence.map(({ saw }) => saw)
      .join(),
  ).not.toContain('the same');
  const facts = sampleFacts();
  fail(facts.slices.targetHealth, instanceId(0));
  facts.slices.instances = facts.slices.instances.filter(({ id }) => id !== instanceId(1));
  expect(JSON.stringify(unexplained(facts).evidence)).not.toContain('AMI');
});

test('targets younger than every healthy one are shown as such', () => {
  const facts = sampleFacts();
  fail(facts.slices.targetHealth, instanceId(0));
  const [node] = facts.slices.nodes;
  if (node) node.metadata.creationTimestamp = '2026-11-20T11:00:00Z';
  expect(unexplained(facts).evidence).toContainEqual(
    expect.objectContaining({ saw: expect.stringMatching(/all failing targets were created after 2026/) }),
  );
});

test('text, Markdown and JSON show what the check got and the next step', () => {
  const diagnosis = unexplained(answering({ kind: 'http', status: 503, body: 'no database' }));
  const report = reportOf([diagnosis]);
  for (const shown of [
    renderText(report, { color: false, verbose: true, width: 200 }),
    renderMarkdown(report),
    renderJson(report),
  ]) {
    expect(shown).toContain('3 of 3 targets: HTTP 503');
    expect(shown).toMatch(/kubectl --context \S+ --namespace \S+ logs/);
  }
});
