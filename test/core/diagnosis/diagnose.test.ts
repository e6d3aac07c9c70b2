import { describe, expect, test } from 'vitest';
import { hcPathWrongStatus } from '../../../core/checks/answer/hc-path-wrong-status.ts';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { type Check, check } from '../../../core/diagnosis/check.ts';
import { diagnose } from '../../../core/diagnosis/diagnose.ts';
import { examine } from '../../../core/diagnosis/examine.ts';
import type { Facts } from '../../../core/model/facts.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { fail, instanceId, probe, sampleFacts, takenAt, unready, waiting } from '../sample-facts.ts';

const judge = (facts: Facts, checks: readonly Check[] = catalogue) =>
  groupsOf(facts).flatMap((group) => diagnose(group, facts, examine(group, facts, checks), checks));

/** A check that finds every failing target, with the given place in the chain. */
const always = (id: string, change: Partial<Check> = {}): Check => ({
  ...check({
    id,
    kind: 'fault',
    stage: 'answer',
    severity: 'high',
    title: `Title of ${id}`,
    symptom: '',
    why: 'why',
    proof: 'proof',
    nearMisses: [],
    decidedBy: 'a capture',
    fix: [{ text: 'Mend {service}', change: { run: 'mend {service} {targetGroupName} {words}' } }],
    links: [],
    masks: [],
    needs: ['pods'],
    run: (group) =>
      group.failing.map((target) => ({
        target,
        saw: id,
        expected: 'none',
        confidence: 'confirmed',
        values: { words: ['--one', '1 2', '--two', 3] },
      })),
  }),
  ...change,
});

const broken = (): Facts => {
  const facts = sampleFacts();
  fail(facts.slices.targetHealth);
  return facts;
};

test('what keeps clients from healthy targets is named beside what others fail for, and accounts for what clients meet', () => {
  const onHealthy = ({ targets }: Parameters<Check['run']>[0]) =>
    targets
      .filter(({ state }) => state === 'healthy')
      .map((target) => ({ target, saw: 'shut', expected: 'none', confidence: 'confirmed' as const }));
  const checks = [
    always('failing'),
    always('shut', { riskWhenHealthy: true, clientsWhenHealthy: true, masks: ['met'], run: onHealthy }),
    always('met', { kind: 'clients', run: onHealthy }),
  ];
  const facts = sampleFacts();
  fail(facts.slices.targetHealth, instanceId(0));
  const found = judge(facts, checks).map(({ verdict, cause, targets }) => [verdict, cause, targets.length]);
  expect(found).toEqual([
    ['unhealthy', 'failing', 1],
    ['unserved', 'shut', 2],
  ]);
});

test('a fault of healthy targets shows those that are meant to fail as they are', () => {
  const facts = sampleFacts({ policy: 'Local' });
  for (const { spec } of facts.slices.services) for (const port of spec.ports) port.nodePort = 30123;
  probe(facts, 'client-connect', { kind: 'refused' }, { only: instanceId(0), protocol: 'TCP', port: 31080 });
  const shut = judge(facts).find(({ verdict }) => verdict === 'unserved');
  expect(shut?.cause).toBe('nodeport-changed-stale-target-group');
  expect(shut?.targets.map(({ state }) => state)).toEqual(['healthy', 'healthy', 'unhealthy']);
});

describe('the cause', () => {
  test('is the root at the earliest stage; later roots are co-causes', () => {
    const checks = [always('late', { stage: 'answer' }), always('early', { stage: 'configuration' })];
    expect(judge(broken(), checks)).toMatchObject([{ cause: 'early', coCauses: ['late'], mechanisms: [] }]);
  });

  test('explains later and earlier observations, which are then mechanisms', () => {
    const checks = [
      always('observed', { stage: 'registration' }),
      always('root', { stage: 'workload', masks: ['observed'] }),
    ];
    expect(judge(broken(), checks)).toMatchObject([{ cause: 'root', coCauses: [], mechanisms: ['observed'] }]);
  });

  test('explains only what its observation of that target does not leave', () => {
    const leaving = always('root', {
      stage: 'configuration',
      masks: ['observed'],
      run: (group) =>
        group.failing.map((target) => ({
          target,
          saw: 'root',
          expected: 'none',
          confidence: 'confirmed',
          ...(target.id === instanceId(0) && { leaves: ['observed'] }),
        })),
    });
    const found = judge(broken(), [leaving, always('observed', { stage: 'network' })]);
    expect(found.map(({ coCauses, mechanisms, targets }) => ({ coCauses, mechanisms, count: targets.length }))).toEqual(
      expect.arrayContaining([
        { coCauses: ['observed'], mechanisms: [], count: 1 },
        { coCauses: [], mechanisms: ['observed'], count: 2 },
      ]),
    );
  });

  test('is never a mechanism: without a root the verdict is unexplained', () => {
    const checks = [always('only-how', { kind: 'mechanism' }), always('innocent', { run: () => [] })];
    expect(judge(broken(), checks)).toMatchObject([
      { verdict: 'unexplained', cause: null, mechanisms: ['only-how'], ruledOut: ['innocent'], confidence: 'possible' },
    ]);
  });

  test('is told apart for targets with different roots', () => {
    const some = always('some', {
      run: (group) =>
        group.failing
          .slice(0, 1)
          .map((target) => ({ target, saw: 'x', expected: 'y', confidence: 'probable' as const })),
    });
    const rest = always('rest', {
      run: (group) =>
        group.failing.slice(1).map((target) => ({ target, saw: 'x', expected: 'y', confidence: 'confirmed' as const })),
    });
    const diagnoses = judge(broken(), [some, rest]);
    expect(diagnoses.map(({ cause, targets, confidence }) => [cause, targets.length, confidence])).toEqual([
      ['rest', 2, 'confirmed'],
      ['some', 1, 'probable'],
    ]);
  });
});

describe('expected states', () => {
  test('are set aside before causes are searched', () => {
    const expected = always('meant-so', {
      kind: 'expected',
      run: (group) =>
        group.failing
          .slice(0, 2)
          .map((target) => ({ target, saw: 'x', expected: 'y', confidence: 'confirmed' as const })),
    });
    const diagnoses = judge(broken(), [always('fault'), expected]);
    expect(diagnoses.map(({ verdict, cause, targets }) => [verdict, cause, targets.length])).toEqual([
      ['unhealthy', 'fault', 1],
      ['expected', 'meant-so', 2],
    ]);
  });

  test('nothing is said of a healthy group', () => {
    expect(sampleFacts().slices.targetHealth.length).toBeGreaterThan(0);
    expect(judge(sampleFacts())).toEqual([]);
  });

  test('a fault on a healthy group is told only where it is a risk, and mildly', () => {
    const run: Check['run'] = () => [{ saw: 'x', expected: 'y', confidence: 'confirmed' }];
    const checks = [always('risky', { run, riskWhenHealthy: true }), always('quiet', { run })];
    expect(judge(sampleFacts(), checks)).toMatchObject([{ verdict: 'latent', cause: 'risky', severity: 'low' }]);
  });

  test('a risk that another risk explains is not shown beside it', () => {
    const run: Check['run'] = () => [{ saw: 'x', expected: 'y', confidence: 'confirmed' }];
    const checks = [
      always('deeper', { run, riskWhenHealthy: true, masks: ['shallow'] }),
      always('shallow', { run, riskWhenHealthy: true }),
    ];
    expect(judge(sampleFacts(), checks).map(({ cause }) => cause)).toEqual(['deeper']);
  });

  test('a risk is told too beside targets that are expected to fail, as on every node without a pod under Local', () => {
    const facts = sampleFacts({ policy: 'Local' });
    expect(facts.slices.targetHealth.map(({ state }) => state)).toContain('unhealthy');
    const run: Check['run'] = ({ nonHealthy }) =>
      nonHealthy.length === 0 ? [{ saw: 'x', expected: 'y', confidence: 'confirmed' }] : [];
    const told = judge(facts, [...catalogue, always('risky', { run, riskWhenHealthy: true })]);
    expect(told.map(({ verdict, cause }) => [verdict, cause])).toEqual([
      ['expected', 'etp-local-no-local-pod'],
      ['latent', 'risky'],
    ]);
  });

  test('no risk is told of a group in which nothing is healthy, or something fails', () => {
    const risky = always('risky', {
      run: () => [{ saw: 'x', expected: 'y', confidence: 'confirmed' }],
      riskWhenHealthy: true,
    });
    const latent = ({ verdict }: { verdict: string }) => verdict === 'latent';
    expect(judge(broken(), [risky]).filter(latent)).toEqual([]);
    const empty = sampleFacts();
    empty.slices.targetHealth = [];
    expect(judge(empty, [risky]).filter(latent)).toEqual([]);
  });
});

describe('ignorance', () => {
  test('at an earlier stage is said beside the cause, with the remedy', () => {
    const facts = broken();
    facts.gaps.push({
      slice: 'nodes',
      scope: { kind: 'all' },
      reason: 'denied',
      action: 'list nodes',
      message: 'nodes is forbidden',
      remedy: 'grant list nodes',
    });
    const blind = always('blind', { stage: 'configuration', needs: ['nodes'] });
    const [diagnosis] = judge(facts, [always('seen'), blind]);
    expect(diagnosis).toMatchObject({
      cause: 'seen',
      ruledOut: [],
      unknown: [{ check: 'blind', reason: 'nodes is forbidden', remedy: 'grant list nodes' }],
    });
  });

  test('about one target leaves the others judged', () => {
    const facts = broken();
    const port = facts.slices.targetHealth[0]?.port ?? 0;
    facts.gaps.push({
      slice: 'probes',
      scope: { kind: 'target', targetGroupArn: facts.slices.targetGroups[0]?.arn ?? '', id: instanceId(0), port },
      reason: 'deadline',
      action: 'probe',
      message: 'not sent',
      remedy: 'run again',
    });
    const probing = always('probing', { needs: ['probes'], run: () => [] });
    const diagnoses = judge(facts, [probing]);
    expect(diagnoses).toMatchObject([
      { verdict: 'unexplained', ruledOut: [], unknown: [{ check: 'probing', reason: 'not sent' }] },
    ]);
  });

  test('of the targets’ health means no verdict at all', () => {
    const facts = broken();
    facts.slices.targetHealth = [];
    facts.gaps.push({
      slice: 'targetHealth',
      scope: { kind: 'all' },
      reason: 'throttled',
      action: 'x',
      message: 'm',
      remedy: 'r',
    });
    expect(
      judge(facts, [always('empty', { run: () => [{ saw: 'x', expected: 'y', confidence: 'confirmed' }] })]),
    ).toEqual([]);
  });

  test('made by a bug of a check is said as such', () => {
    const broke = always('broken-check', {
      run: () => {
        throw new Error('oops');
      },
    });
    expect(judge(broken(), [broke])).toMatchObject([
      { verdict: 'unexplained', unknown: [{ check: 'broken-check', reason: 'the check failed: oops' }] },
    ]);
  });
});

describe('a diagnosis', () => {
  test('has a fingerprint of account, Region, workload and cause, whatever the targets', () => {
    const [one] = judge(broken(), [always('fault')]);
    const fewer = broken();
    fewer.slices.targetHealth.pop();
    const [other] = judge(fewer, [always('fault')]);
    expect(one?.fingerprint).toBe('111122223333/eu-west-1/shop/shop/web/fault');
    expect(other?.fingerprint).toBe(one?.fingerprint);
  });

  test('says with real names which evidence to get where nothing explains the targets', () => {
    const [unexplained] = judge(broken(), []);
    expect(unexplained).toMatchObject({ verdict: 'unexplained', cause: null });
    const commands = unexplained?.fix.map(({ command }) => command) ?? [];
    expect(commands).toEqual([
      expect.stringMatching(/describe-flow-logs .*eni-/),
      expect.stringMatching(
        /create-network-insights-path .*--source eni-.* --destination eni-.* --destination-port \d+/,
      ),
    ]);
    expect(commands.join()).not.toContain('<');
  });

  test('fills its fix, quotes what a shell would touch, and gives the reason for what it leaves out', () => {
    const facts = broken();
    for (const owner of facts.owners) owner.service = 'we b;x';
    expect(judge(facts, [always('fault')])[0]?.fix).toEqual([
      {
        text: 'Mend “we\u00a0b;x” Put in <words> yourself: its value is not shown in the command because it begins with a dash, like an option.',
        command: "mend 'we b;x' k8s-shop-web-0123456789 <words>",
        verify: expect.stringMatching(
          /^nlb-auditor gate --region eu-west-1 --cluster \S+ --namespace \S+ --service .we b;x.$/,
        ),
      },
    ]);
  });

  test('sets the target group itself where no annotation of a Service decides', () => {
    const facts = broken();
    for (const owner of facts.owners) owner.by = 'target-group-binding';
    for (const { healthCheck } of facts.slices.targetGroups) {
      Object.assign(healthCheck, { protocol: 'HTTP', path: '/' });
    }
    probe(facts, 'health-check', { kind: 'http', status: 404 });
    probe(facts, 'readiness-path', { kind: 'http', status: 200 }, { path: '/ready' });
    const [diagnosis] = judge(facts, [hcPathWrongStatus]);
    expect(diagnosis?.fix).toMatchObject([
      { command: expect.stringMatching(/^aws elbv2 modify-target-group .*arn:aws:.* --health-check-path \/ready$/) },
    ]);
  });

  test('is the same, byte for byte, whatever the order of the facts', () => {
    const facts = broken();
    const shuffled = structuredClone(facts);
    for (const slice of Object.values(shuffled.slices)) slice.reverse();
    expect(JSON.stringify(judge(shuffled))).toBe(JSON.stringify(judge(facts)));
    expect(judge(facts)).not.toEqual([]);
  });
});

test('a crash loop under Local is the cause, and the missing endpoints only the mechanism', () => {
  const facts = sampleFacts({ policy: 'Local' });
  for (const name of ['web-1', 'web-2']) {
    for (const status of unready(facts, name).status.containerStatuses) {
      status.restartCount = 5;
      status.state = { waiting: { reason: 'CrashLoopBackOff' } };
      status.lastState = { terminated: { exitCode: 1, finishedAt: takenAt } };
    }
  }
  fail(facts.slices.targetHealth);
  expect(judge(facts)).toMatchObject([
    {
      verdict: 'unhealthy',
      cause: 'pod-crashloop',
      mechanisms: ['etp-local-no-ready-endpoint-anywhere'],
      coCauses: [],
      targets: [{}, {}, {}],
    },
  ]);
});

test.each([
  ['2026-11-20T11:30:00Z', 'unhealthy', 'sg-target-missing-health-check-rule'],
  ['2026-11-20T11:58:00Z', 'expected', 'registration-in-progress'],
])('a target of %s that waits for its first health check is %s', (born, verdict, cause) => {
  const facts = sampleFacts();
  for (const group of facts.slices.securityGroups) if (group.name === 'nodes') group.rules = [];
  for (const { metadata } of facts.slices.nodes) metadata.creationTimestamp = born;
  for (const target of facts.slices.targetHealth) {
    target.state = 'initial';
    target.reason = 'Elb.InitialHealthChecking';
  }
  expect(judge(facts)).toMatchObject([{ verdict, cause, targets: [{}, {}, {}] }]);
});

test('under Local a blocked node with a pod and the nodes without one are told apart', () => {
  const facts = sampleFacts({ policy: 'Local' });
  for (const group of facts.slices.securityGroups) if (group.name === 'nodes') group.rules = [];
  fail(facts.slices.targetHealth);
  expect(judge(facts).map(({ verdict, cause, targets }) => [verdict, cause, targets.map(({ id }) => id)])).toEqual([
    ['unhealthy', 'sg-target-missing-health-check-rule', [instanceId(0), instanceId(1)]],
    ['expected', 'etp-local-no-local-pod', [instanceId(2)]],
  ]);
});

describe('who is served', () => {
  const emptied = (change: (facts: Facts) => void = () => {}): Facts => {
    const facts = sampleFacts({ targetType: 'ip' });
    facts.slices.targetHealth = [];
    change(facts);
    return facts;
  };

  test('an emptied group of a Service with ready endpoints is an outage, and who is missing is named', () => {
    expect(judge(emptied())).toMatchObject([
      {
        verdict: 'unhealthy',
        cause: 'ready-endpoints-not-registered',
        severity: 'critical',
        targets: [],
        missing: ['10.0.0.100', '10.0.1.100'],
      },
    ]);
  });

  test('a healthy group that lacks a ready endpoint is no healthy group', () => {
    const facts = emptied();
    facts.slices.targetHealth = sampleFacts({ targetType: 'ip' }).slices.targetHealth.slice(0, 1);
    expect(judge(facts)).toMatchObject([
      { cause: 'ready-endpoints-not-registered', missing: ['10.0.1.100'], groupHealth: { healthy: 1, total: 1 } },
    ]);
  });

  test('a group with weight 0 may lack endpoints', () => {
    const facts = emptied(({ slices }) => {
      for (const listener of slices.listeners) listener.forwards = waiting(listener);
    });
    expect(judge(facts)).toMatchObject([{ verdict: 'expected', cause: 'intended-empty-or-blue-green' }]);
  });

  test('clients are sent to an empty group and nothing explains it: unexplained and critical', () => {
    const facts = emptied((each) => {
      each.owners = [];
      each.slices.services = [];
    });
    expect(judge(facts)).toMatchObject([
      { verdict: 'unexplained', severity: 'critical', targets: [], evidence: [{ check: 'unexplained' }] },
    ]);
  });

  test('an empty group behind a load balancer made minutes ago is left alone', () => {
    const facts = emptied(({ slices, ...each }) => {
      each.owners.length = 0;
      for (const balancer of slices.loadBalancers) balancer.createdAt = '2026-11-20T11:58:00Z';
    });
    expect(judge(facts)).toEqual([]);
  });
});

describe('what is ruled out', () => {
  test('is nothing of Kubernetes where no Service is known to own the group: that is unknown', () => {
    const facts = broken();
    facts.owners = [];
    const [diagnosis] = judge(facts);
    const needy = catalogue.filter(({ needs }) => needs.includes('services') || needs.includes('pods'));
    const ids = needy.map(({ id }) => id);
    expect(needy.length).toBeGreaterThan(50);
    expect(diagnosis?.ruledOut.filter((id) => ids.includes(id))).toEqual([]);
    expect(diagnosis?.unknown.map(({ check: id }) => id)).toContain('pod-crashloop');
    expect(diagnosis?.unknown[0]?.reason).toMatch(/names the Service/);
  });

  test('is no check whose question does not arise', () => {
    const [diagnosis] = judge(broken());
    expect(diagnosis?.ruledOut).toContain('pod-crashloop');
    expect(diagnosis?.ruledOut).not.toContain('kube-proxy-node-name-mismatch');
    expect(diagnosis?.ruledOut).not.toContain('hc-tcp-override-under-local');
  });
});

describe('a group that no listener uses', () => {
  const unused = (): Facts => {
    const facts = sampleFacts();
    facts.slices.listeners = [];
    for (const target of facts.slices.targetHealth)
      Object.assign(target, { state: 'unused', reason: 'Target.NotInUse' });
    return facts;
  };
  const refused = (slice: 'services' | 'clusters'): Facts['gaps'][number] => ({
    slice,
    scope: { kind: 'all' },
    reason: 'denied',
    action: 'any',
    message: 'refused',
    remedy: 'grant it',
  });

  test('alarms where a Service owns it', () => {
    expect(judge(unused())).toMatchObject([{ verdict: 'unhealthy', cause: 'target-group-not-attached' }]);
  });

  test('is a note where none does, an old experiment for example', () => {
    const facts = { ...unused(), owners: [] };
    expect(judge(facts)).toMatchObject([{ verdict: 'latent', cause: 'target-group-not-attached', severity: 'low' }]);
  });

  test.each(['services', 'clusters'] as const)('alarms where its owner may be among %s that were not read', (slice) => {
    const facts = { ...unused(), owners: [], gaps: [refused(slice)] };
    expect(judge(facts)).toMatchObject([{ verdict: 'unhealthy', cause: 'target-group-not-attached' }]);
  });
});
