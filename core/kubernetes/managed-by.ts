import type { ObjectMeta } from '../model/kubernetes.ts';

/** The program from whose source an object is written again and again. */
export interface Manager {
  /** For example `Argo CD application shop`. */
  name: string;
  /** Where a change lasts, for example `the source of Argo CD application shop`. */
  where: string;
  /** What happens to a change that is made elsewhere. */
  undoneBy: string;
  /** Of Helm: the chart without its version, where the object names it (label `helm.sh/chart`). */
  chart?: string;
  /** A HelmRelease of Flux holds values itself. */
  helmRelease?: { name: string; namespace?: string };
}

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/;
const known = (text: string | undefined): text is string => text !== undefined && namePattern.test(text);

/**
 * What writes an object, by the marks that it leaves there: Argo CD its tracking id or instance label, Flux the labels of its
 * kustomization or release, Helm the annotation of the release, other tools their name among the field managers. The label
 * `app.kubernetes.io/managed-by` alone names no release, and EKS add-ons have it too. Sources: argo-cd
 * docs/user-guide/resource_tracking.md, fluxcd.io/flux/components/kustomize and helm, helm pkg/action/validate.go.
 */
export function managerOf(kind: string, meta: ObjectMeta): Manager | undefined {
  const { namespace, name, labels, annotations } = meta;
  const [application, ...tracked] = annotations['argocd.argoproj.io/tracking-id']?.split(':') ?? [];
  // Controllers copy annotations to what they make: the id counts where it names this object.
  const isTracked = tracked.join(':').endsWith(`/${kind}:${namespace}/${name}`);
  const argo = isTracked ? application?.replace('_', '/') : labels['argocd.argoproj.io/instance'];
  if (known(argo?.replace('/', '-'))) return source(`Argo CD application ${argo}`);
  const kustomization = nameIn(labels, 'kustomize.toolkit.fluxcd.io');
  const helmRelease = nameIn(labels, 'helm.toolkit.fluxcd.io');
  if (helmRelease !== undefined) return { ...chart(`Flux HelmRelease ${titleOf(helmRelease)}`, labels), helmRelease };
  if (kustomization !== undefined) return source(`Flux Kustomization ${titleOf(kustomization)}`);
  const release = annotations['meta.helm.sh/release-name'];
  const where = annotations['meta.helm.sh/release-namespace'];
  if (known(release))
    return chart(`Helm release ${titleOf({ name: release, ...(known(where) && { namespace: where }) })}`, labels);
  return meta.managers?.flatMap((manager) => byFieldManager[manager] ?? [])[0];
}

/** The name and namespace that Flux writes into labels. */
function nameIn(labels: Record<string, string>, prefix: string): { name: string; namespace?: string } | undefined {
  const name = labels[`${prefix}/name`];
  const namespace = labels[`${prefix}/namespace`];
  return known(name) ? { name, ...(known(namespace) && { namespace }) } : undefined;
}

const titleOf = ({ name, namespace }: { name: string; namespace?: string }): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

const source = (name: string): Manager => ({ name, where: `the source of ${name}`, undoneBy: 'the next sync' });

function chart(name: string, labels: Record<string, string>): Manager {
  const found = /^([a-z][a-z0-9-]*?)-v?\d/.exec(labels['helm.sh/chart'] ?? '')?.[1];
  const isFlux = name.startsWith('Flux');
  return {
    name,
    where: `the values of ${name}`,
    undoneBy: isFlux ? 'the next sync' : 'the next upgrade',
    ...(found !== undefined && { chart: found }),
  };
}

/** Names under which tools write objects (`managedFields[].manager`), for those that leave no other mark. */
const byFieldManager: Readonly<Record<string, Manager>> = {
  'argocd-controller': source('Argo CD'),
  'argocd-application-controller': source('Argo CD'),
  'kustomize-controller': source('Flux'),
  'helm-controller': source('Flux'),
  helm: { name: 'Helm', where: 'the values of its Helm release', undoneBy: 'the next upgrade' },
  Helm: { name: 'Helm', where: 'the values of its Helm release', undoneBy: 'the next upgrade' },
  Terraform: { name: 'Terraform', where: 'its Terraform configuration', undoneBy: 'the next apply' },
  HashiCorp: { name: 'Terraform', where: 'its Terraform configuration', undoneBy: 'the next apply' },
  'pulumi-kubernetes': { name: 'Pulumi', where: 'its Pulumi program', undoneBy: 'the next pulumi up' },
  fleetagent: source('Fleet'),
};

/** The field managers that say something about who writes an object; the others are not kept. */
export const tellingManagers: ReadonlySet<string> = new Set(Object.keys(byFieldManager));
