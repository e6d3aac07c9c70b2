import { expect, test } from 'vitest';
import { managerOf } from '../../../../core/kubernetes/managers/managed-by.ts';
import { metadata } from '../../sample-facts.ts';

const service = (marks: { labels?: Record<string, string>; annotations?: Record<string, string> }) => ({
  ...metadata('web', 'shop'),
  ...marks,
});

test.each([
  [
    { annotations: { 'argocd.argoproj.io/tracking-id': 'storefront:/Service:shop/web' } },
    'Argo CD application storefront',
  ],
  [
    { annotations: { 'argocd.argoproj.io/tracking-id': 'argocd_storefront:/Service:shop/web' } },
    'Argo CD application argocd/storefront',
  ],
  [{ labels: { 'argocd.argoproj.io/instance': 'storefront' } }, 'Argo CD application storefront'],
  [
    { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' } },
    'Flux Kustomization flux-system/apps',
  ],
  [
    { labels: { 'helm.toolkit.fluxcd.io/name': 'web', 'helm.toolkit.fluxcd.io/namespace': 'shop' } },
    'Flux HelmRelease shop/web',
  ],
  [
    {
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' },
    },
    'Helm release shop/web',
  ],
])('%j is the mark of its manager', (marks, name) => {
  expect(managerOf('Service', service(marks))?.name).toBe(name);
});

test('a release that Flux installs is changed through Flux, not with Helm', () => {
  const marks = {
    labels: { 'helm.toolkit.fluxcd.io/name': 'web' },
    annotations: { 'meta.helm.sh/release-name': 'web' },
  };
  expect(managerOf('Service', service(marks))).toMatchObject({
    name: 'Flux HelmRelease web',
    undoneBy: 'the next sync',
  });
});

test.each([
  [{}],
  [{ labels: { 'app.kubernetes.io/managed-by': 'Helm' } }],
  [{ labels: { 'app.kubernetes.io/instance': 'storefront' } }],
  // Copied from another object.
  [{ annotations: { 'argocd.argoproj.io/tracking-id': 'storefront:/Service:shop/other' } }],
  [{ annotations: { 'argocd.argoproj.io/tracking-id': 'storefront:apps/Deployment:shop/web' } }],
  [{ labels: { 'argocd.argoproj.io/instance': 'two\nlines' } }],
  [{ annotations: { 'meta.helm.sh/release-name': 'x; rm -rf /' } }],
])('%j names no manager', (marks) => {
  expect(managerOf('Service', service(marks))).toBeUndefined();
});

const annotation = 'metadata>annotations>a';
const byArgo = { annotations: { 'argocd.argoproj.io/tracking-id': 'storefront:/Service:shop/web' } };
const byHelm = { annotations: { 'meta.helm.sh/release-name': 'web' } };

test.each([
  ['the tool whose mark it is', byArgo, { 'argocd-controller': [annotation] }, 'Argo CD application storefront'],
  ['another one', byHelm, { helm: ['spec>selector'], 'argocd-controller': [annotation] }, 'Argo CD'],
  [
    'both: the one whose mark it is',
    byHelm,
    { 'argocd-controller': [annotation], helm: [annotation] },
    'Helm release web',
  ],
  ['EKS', {}, { eks: [annotation] }, 'An EKS add-on'],
])('a field belongs to the tool that holds it: %s', (_, marks, heldFields, name) => {
  const meta = { ...service(marks), managers: Object.keys(heldFields), heldFields };
  expect(managerOf('Service', meta, [annotation])).toMatchObject({ name });
  expect(managerOf('Service', meta, [annotation])?.holds).toBeUndefined();
});

test('a field that no tool holds belongs to none, and the tool whose mark the object bears does not hold it', () => {
  const heldFields = { Terraform: ['metadata>annotations>b'] };
  const meta = { ...service({}), managers: ['Terraform'], heldFields };
  expect(managerOf('Service', meta, [annotation])).toBeUndefined();
  expect(managerOf('Service', meta)).toMatchObject({ name: 'Terraform' });
  expect(managerOf('Service', { ...meta, ...byArgo }, [annotation])).toMatchObject({
    name: 'Argo CD application storefront',
    holds: false,
  });
});

test('where a tool holds more than is kept, the marks and names decide', () => {
  const meta = { ...service(byArgo), managers: ['argocd-controller', 'Terraform'], heldFields: { Terraform: [] } };
  expect(managerOf('Service', meta, [annotation])?.name).toBe('Argo CD application storefront');
});

test('the add-on of a DaemonSet that EKS writes has its name', () => {
  const meta = { ...metadata('aws-node', 'kube-system'), managers: ['eks'], heldFields: { eks: ['spec>selector'] } };
  expect(managerOf('DaemonSet', meta, ['spec>selector'])).toMatchObject({ name: 'EKS add-on vpc-cni' });
});

test('what kro makes belongs to its instance', () => {
  const marks = { labels: { 'kro.run/instance-name': 'web', 'kro.run/instance-namespace': 'shop' } };
  expect(managerOf('Service', service(marks))).toMatchObject({ name: 'kro instance shop/web', tool: 'kro' });
});
