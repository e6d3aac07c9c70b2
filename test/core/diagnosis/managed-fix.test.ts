import { expect, test } from 'vitest';
import { withManager } from '../../../core/diagnosis/fix/owner/managed.ts';
import { sampleFacts } from '../sample-facts.ts';

const facts = sampleFacts();
for (const { metadata } of facts.slices.services)
  metadata.annotations['argocd.argoproj.io/tracking-id'] = 'storefront:/Service:shop/web';
for (const { metadata } of facts.slices.workloads) {
  metadata.annotations['meta.helm.sh/release-name'] = 'web';
  metadata.annotations['meta.helm.sh/release-namespace'] = 'shop';
}
const said = (command?: string): string => withManager({ text: 'Do it.', ...(command && { command }) }, facts).text;
const byArgo =
  'Do it. Argo CD application storefront writes this Service: change it in the source of Argo CD application storefront, or the next sync may undo what the command changes.';
const byHelm =
  'Do it. Helm release shop/web writes this Deployment: change it in the values of Helm release shop/web, or the next upgrade may undo what the command changes.';

test.each([
  'kubectl --context arn:aws:eks:eu-west-1:111122223333:cluster/shop --namespace shop delete service web',
  'kubectl --namespace shop annotate service web --overwrite service.beta.kubernetes.io/aws-load-balancer-scheme=internal',
  "kubectl --namespace shop patch service web --type merge --patch '{}'",
  'kubectl --namespace shop set selector service web app=web',
])('a step that changes the Service names what writes it: %s', (command) => {
  expect(said(command)).toBe(byArgo);
});

test.each([
  'kubectl --namespace shop rollout undo deployment/web',
  'kubectl --namespace shop scale deployment web --replicas=2',
  'kubectl --namespace shop edit deployment/web',
])('a step that changes the workload names what writes that: %s', (command) => {
  expect(said(command)).toBe(byHelm);
});

test.each([
  undefined,
  'kubectl --namespace shop describe service web',
  'kubectl --namespace shop annotate service other --overwrite a=b',
  'kubectl --namespace shop annotate service web --overwrite reconcile-asked-at=1',
  'kubectl --namespace shop delete pod web',
  'aws elbv2 modify-target-group --region eu-west-1',
])('other steps stay as they are: %s', (command) => {
  expect(said(command)).toBe('Do it.');
});

test('an add-on of which it is not known whether EKS manages it is mentioned as one that may be', () => {
  const command = 'kubectl --namespace kube-system set env daemonset/aws-node A=b';
  expect(said(command)).toContain('Where EKS manages this as its add-on vpc-cni');
  const read = structuredClone(facts);
  read.slices.addOns = [{ name: 'vpc-cni', managed: false }];
  expect(withManager({ text: 'Do it.', command }, read).text).toBe('Do it.');
});
