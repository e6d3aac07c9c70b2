import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { changesSomething } from '../../../core/diagnosis/fix/changes-something.ts';
import { fill } from '../../../core/diagnosis/fix/remediation.ts';
import { joined, stillVerified, verified } from '../../../core/diagnosis/fix/verification.ts';
import type { Step } from '../../../core/model/fix.ts';

const fault = { id: 'pod-crashloop', kind: 'fault' } as const;
const steps: Step[] = [
  { text: 'Read the log.', look: { kubectl: 'logs {pod}', in: '{namespace}' } },
  { text: 'Roll back.', change: { run: 'kubectl --namespace {namespace} rollout undo {workload}' } },
  { text: 'Or raise the limit.' },
];
const gate = 'nlb-auditor gate --region {region} --cluster {cluster} --namespace {namespace} --service {service}';

describe('the line that shows whether a fix worked', () => {
  test('stands at what changes something, by a command or by hand, and not at what only reads', () => {
    expect(verified(steps, fault).map(({ verify }) => verify)).toEqual([undefined, gate, gate]);
  });

  test('stands at the last step where all only read', () => {
    const [read] = steps;
    if (read === undefined) throw new Error('no step');
    expect(verified([read, read], fault).map(({ verify }) => verify)).toEqual([undefined, gate]);
  });

  test('stands at the last step where only those that read are left', () => {
    const left = verified(steps, fault).slice(0, 1);
    expect(stillVerified(left, fault).map(({ verify }) => verify)).toEqual([gate]);
    expect(stillVerified(verified(steps, fault), fault)).toEqual(verified(steps, fault));
    expect(stillVerified([], fault)).toEqual([]);
  });

  test('fails for a risk on healthy targets until the risk is gone', () => {
    const [, , verify] = verified(steps, { id: 'alpn-missing-for-grpc', kind: 'latent' }).map((each) => each.verify);
    expect(verify).toBe(`${gate} --without alpn-missing-for-grpc`);
    expect(verified(steps, { ...fault, riskWhenHealthy: true })[1]?.verify).toMatch(/--without pod-crashloop$/);
  });

  test('waits for the targets where no Service is known', () => {
    const [, step] = verified(steps, fault);
    if (step === undefined) throw new Error('no step');
    const { verify } = fill(step, { region: 'eu-west-1', targetGroup: 'arn:aws:group' });
    expect(verify).toBe('aws elbv2 wait target-in-service --region eu-west-1 --target-group-arn arn:aws:group');
  });

  test('never watches or only shows something: each command of the catalogue would end with an error before', () => {
    const lines = catalogue.flatMap(({ fix }) => fix.flatMap(({ verify = [] }) => verify));
    expect(lines.length).toBeGreaterThan(catalogue.length - 1);
    for (const line of lines) expect(line).toMatch(/^(nlb-auditor gate|aws elbv2 wait) /);
  });
});

test.each([
  ['kubectl --context shop --namespace orders rollout history deployment/checkout', false],
  ['kubectl --namespace orders rollout status deployment/checkout', false],
  ['kubectl --namespace orders rollout restart deployment/checkout', true],
  ['kubectl --context shop --namespace orders get service checkout --output yaml', false],
  ['kubectl --namespace orders describe pod set-top-box', false],
  ['kubectl drain ip-10-0-0-1 --ignore-daemonsets', true],
  ["printf '%s' '{}' | kubectl --context shop --namespace orders apply --filename -", true],
  ['aws elbv2 describe-target-health --region eu-west-1', false],
  ['aws ec2 get-managed-prefix-list-entries --region eu-west-1', false],
  ['aws cloudtrail lookup-events --region eu-west-1', false],
  ['aws ec2 authorize-security-group-ingress --region eu-west-1', true],
  ['aws --region eu-west-1 elbv2 modify-target-group', true],
  ['aws iam put-role-policy --role-name "$(aws eks describe-cluster --name shop)"', true],
  ['helm --namespace kube-system upgrade aws-load-balancer-controller eks/x', true],
  ['dig +short checkout.example.com', false],
])('%s: changes something = %s', (command, expected) => {
  expect(changesSomething(command)).toBe(expected);
});

describe('steps that take effect only together', () => {
  const both: Step[] = [
    { text: 'Mark it here.', change: { run: 'kubectl annotate here' }, withNext: true },
    { text: 'And there.', change: { run: 'kubectl annotate there' } },
  ];

  test('are verified once, after the last of them', () => {
    expect(joined(verified(both, fault)).map(({ verify }) => verify)).toEqual([undefined, gate]);
  });

  test('are verified at the first where the other does not apply', () => {
    expect(joined(verified(both.slice(0, 1), fault)).map(({ verify }) => verify)).toEqual([gate]);
  });
});
