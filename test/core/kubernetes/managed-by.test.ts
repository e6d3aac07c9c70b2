import { expect, test } from 'vitest';
import { managerOf } from '../../../core/kubernetes/managed-by.ts';
import { metadata } from '../sample-facts.ts';

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
