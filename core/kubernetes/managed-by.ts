import type { ObjectMeta } from '../model/kubernetes.ts';

/** The program from whose source an object is written again and again. */
export interface Manager {
  /** For example `Argo CD application shop`. */
  name: string;
  /** Where a change lasts, and when one that is made elsewhere is undone. */
  advice: string;
}

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/;
const known = (text: string | undefined): text is string => text !== undefined && namePattern.test(text);

/**
 * What writes an object, by the marks that it leaves there: Argo CD its tracking id or instance label, Flux the labels of its
 * kustomization or release, Helm the annotation of the release. The label `app.kubernetes.io/managed-by` alone names no release, and
 * EKS add-ons have it too. Sources: argo-cd docs/user-guide/resource_tracking.md, fluxcd.io/flux/components/kustomize and helm,
 * helm pkg/action/validate.go.
 */
export function managerOf(kind: string, { namespace, name, labels, annotations }: ObjectMeta): Manager | undefined {
  const [application, ...tracked] = annotations['argocd.argoproj.io/tracking-id']?.split(':') ?? [];
  // Controllers copy annotations to what they make: the id counts where it names this object.
  const isTracked = tracked.join(':').endsWith(`/${kind}:${namespace}/${name}`);
  const argo = isTracked ? application?.replace('_', '/') : labels['argocd.argoproj.io/instance'];
  if (known(argo?.replace('/', '-'))) return source(`Argo CD application ${argo}`);
  for (const [prefix, what] of fluxMarks) {
    const by = labels[`${prefix}/name`];
    const where = labels[`${prefix}/namespace`];
    if (known(by)) return source(`Flux ${what} ${known(where) ? `${where}/` : ''}${by}`);
  }
  const release = annotations['meta.helm.sh/release-name'];
  if (!known(release)) return undefined;
  const where = annotations['meta.helm.sh/release-namespace'];
  return {
    name: `Helm release ${known(where) ? `${where}/` : ''}${release}`,
    advice: 'change its values or its chart; the next upgrade may undo what a command changes',
  };
}

const fluxMarks = [
  ['helm.toolkit.fluxcd.io', 'HelmRelease'],
  ['kustomize.toolkit.fluxcd.io', 'Kustomization'],
] as const;

const source = (name: string): Manager => ({
  name,
  advice: 'change it in its source; the next sync may undo what a command changes',
});
