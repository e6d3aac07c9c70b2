import type { ObjectMeta } from '../../model/kubernetes.ts';
import { addOnOf } from './add-on.ts';
import { areHeld } from './held-fields.ts';

/** The program from whose source an object is written again and again. */
export interface Manager {
  /** The program, whatever it calls what it writes from. */
  tool: 'argo' | 'flux' | 'helm' | 'terraform' | 'pulumi' | 'fleet' | 'eks' | 'kro';
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
  /** False where it writes the object, but not these fields: what a command sets there lasts. */
  holds?: false;
}

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/;
const known = (text: string | undefined): text is string => text !== undefined && namePattern.test(text);

/**
 * What writes these fields of an object: the tool that holds one of them among the field managers, with the name that its mark at the
 * object gives it. Without such a tool it is the one whose mark the object bears, which does not hold the fields then. Where nothing is
 * known of who holds what, the marks decide, and then the names of field managers.
 */
export function managerOf(kind: string, meta: ObjectMeta, fields: readonly string[] = []): Manager | undefined {
  const marked = markedBy(kind, meta);
  const holders = holdersOf(meta, fields);
  if (holders === undefined) return marked ?? meta.managers?.flatMap((name) => byFieldManager[name]?.(meta) ?? [])[0];
  const [holder] = holders;
  if (holder === undefined) return marked && { ...marked, holds: false };
  return holders.some(({ tool }) => tool === marked?.tool) ? marked : holder;
}

/** The tools that hold one of the fields; undefined where that is not known. */
function holdersOf({ managers, heldFields, ...meta }: ObjectMeta, fields: readonly string[]): Manager[] | undefined {
  if (fields.length === 0 || heldFields === undefined) return undefined;
  if (managers?.some((name) => heldFields[name] === undefined)) return undefined;
  return Object.entries(heldFields).flatMap(([name, held]) =>
    areHeld(fields, held) ? (byFieldManager[name]?.(meta) ?? []) : [],
  );
}

/**
 * What writes an object, by the marks that it leaves there: Argo CD its tracking id or instance label, Flux the labels of its
 * kustomization or release, kro those of its instance, Helm the annotation of the release. The label
 * `app.kubernetes.io/managed-by` alone names no release, and EKS add-ons have it too. Sources: argo-cd
 * docs/user-guide/resource_tracking.md, fluxcd.io/flux/components/kustomize and helm, kro pkg/metadata/labels.go, helm pkg/action/validate.go.
 */
function markedBy(kind: string, { namespace, name, labels, annotations }: ObjectMeta): Manager | undefined {
  const [application, ...tracked] = annotations['argocd.argoproj.io/tracking-id']?.split(':') ?? [];
  // Controllers copy annotations to what they make: the id counts where it names this object.
  const isTracked = tracked.join(':').endsWith(`/${kind}:${namespace}/${name}`);
  const argo = isTracked ? application?.replace('_', '/') : labels['argocd.argoproj.io/instance'];
  if (known(argo?.replace('/', '-'))) return source('argo', `Argo CD application ${argo}`);
  const kustomization = nameIn(labels, 'kustomize.toolkit.fluxcd.io');
  const helmRelease = nameIn(labels, 'helm.toolkit.fluxcd.io');
  if (helmRelease !== undefined) return { ...chart(`Flux HelmRelease ${titleOf(helmRelease)}`, labels), helmRelease };
  if (kustomization !== undefined) return source('flux', `Flux Kustomization ${titleOf(kustomization)}`);
  const instance = labels['kro.run/instance-name'];
  if (known(instance)) return byKro(`kro instance ${titleOf({ name: instance, ...inNamespace(labels) })}`);
  const release = annotations['meta.helm.sh/release-name'];
  const where = annotations['meta.helm.sh/release-namespace'];
  if (known(release))
    return chart(`Helm release ${titleOf({ name: release, ...(known(where) && { namespace: where }) })}`, labels);
  return undefined;
}

const inNamespace = (labels: Record<string, string>): { namespace?: string } => {
  const namespace = labels['kro.run/instance-namespace'];
  return known(namespace) ? { namespace } : {};
};

/** The name and namespace that Flux writes into labels. */
function nameIn(labels: Record<string, string>, prefix: string): { name: string; namespace?: string } | undefined {
  const name = labels[`${prefix}/name`];
  const namespace = labels[`${prefix}/namespace`];
  return known(name) ? { name, ...(known(namespace) && { namespace }) } : undefined;
}

const titleOf = ({ name, namespace }: { name: string; namespace?: string }): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

const source = (tool: Manager['tool'], name: string): Manager => ({
  tool,
  name,
  where: `the source of ${name}`,
  undoneBy: 'the next sync',
});

const byKro = (name: string): Manager => ({
  tool: 'kro',
  name,
  where: `the ResourceGraphDefinition of ${name}`,
  undoneBy: 'the next reconciliation',
});

function chart(name: string, labels: Record<string, string>): Manager {
  const found = /^([a-z][a-z0-9-]*?)-v?\d/.exec(labels['helm.sh/chart'] ?? '')?.[1];
  const isFlux = name.startsWith('Flux');
  return {
    tool: isFlux ? 'flux' : 'helm',
    name,
    where: `the values of ${name}`,
    undoneBy: isFlux ? 'the next sync' : 'the next upgrade',
    ...(found !== undefined && { chart: found }),
  };
}

/** The charts of add-ons from whose values their configuration is read (DescribeAddonConfiguration has the schema). */
const charts: Readonly<Record<string, string>> = { 'vpc-cni': 'aws-vpc-cni' };

/** EKS and what it writes of an add-on (Amazon EKS user guide, "Determine fields you can customize for Amazon EKS add-ons"). */
export function byEks(addOn: string | undefined): Manager {
  const name = addOn === undefined ? 'An EKS add-on' : `EKS add-on ${addOn}`;
  const known = charts[addOn ?? ''];
  return {
    tool: 'eks',
    name,
    where: addOn === undefined ? 'the configuration of the add-on' : `the configuration of ${name}`,
    undoneBy: 'the next update of the add-on',
    ...(known !== undefined && { chart: known }),
  };
}

const helm = (): Manager => ({
  tool: 'helm',
  name: 'Helm',
  where: 'the values of its Helm release',
  undoneBy: 'the next upgrade',
});
const terraform = (): Manager => ({
  tool: 'terraform',
  name: 'Terraform',
  where: 'its Terraform configuration',
  undoneBy: 'the next apply',
});

/** Names under which tools write objects (`managedFields[].manager`); those that sync come before those that write once. */
const byFieldManager: Readonly<Record<string, (meta: Pick<ObjectMeta, 'name' | 'namespace'>) => Manager>> = {
  'argocd-controller': () => source('argo', 'Argo CD'),
  'argocd-application-controller': () => source('argo', 'Argo CD'),
  'kustomize-controller': () => source('flux', 'Flux'),
  'helm-controller': () => source('flux', 'Flux'),
  fleetagent: () => source('fleet', 'Fleet'),
  eks: (meta) => byEks(addOnOf(meta)),
  helm,
  Helm: helm,
  Terraform: terraform,
  HashiCorp: terraform,
  'pulumi-kubernetes': () => ({
    tool: 'pulumi',
    name: 'Pulumi',
    where: 'its Pulumi program',
    undoneBy: 'the next pulumi up',
  }),
};

/** The field managers that say something about who writes an object; the others are not kept. */
export const tellingManagers: ReadonlySet<string> = new Set(Object.keys(byFieldManager));
