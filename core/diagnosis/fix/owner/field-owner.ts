import { addOnOf } from '../../../kubernetes/managers/add-on.ts';
import { byEks, type Manager, managerOf } from '../../../kubernetes/managers/managed-by.ts';
import type { Facts } from '../../../model/facts.ts';
import { named } from '../../../model/indexed.ts';
import type { ObjectMeta } from '../../../model/kubernetes.ts';

/** An object of the cluster by its kind, for example `Service`. */
export interface ObjectKey {
  kind: string;
  name: string;
  namespace?: string | undefined;
}

/**
 * What writes these fields of an object again and again, and so undoes a change that is made elsewhere; without fields, the object. The only
 * place that decides it: by field managers and marks of the object, and by what EKS says of its add-ons and capabilities.
 */
export function fieldOwner(object: ObjectKey, fields: readonly string[], { slices }: Facts): Manager | undefined {
  const meta = metadataOf(object, slices);
  if (meta === undefined) return undefined;
  const found = managerOf(object.kind, meta, fields);
  if (found !== undefined && found.holds !== false) return withCapability(found, slices);
  const addOn = addOnOf(meta);
  return slices.addOns.some(({ name, managed }) => managed && name === addOn) ? byEks(addOn) : found;
}

const capabilities: Partial<Record<Manager['tool'], string>> = { argo: 'ARGOCD', kro: 'KRO' };

/** The same with the EKS capability that runs it, since no pod of the cluster does then. */
function withCapability(manager: Manager, slices: Slices): Manager {
  const found = slices.capabilities.find(({ type }) => type === capabilities[manager.tool]);
  return found === undefined ? manager : { ...manager, name: `${manager.name} (EKS capability ${found.name})` };
}

type Slices = Facts['slices'];

const lists: Readonly<Record<string, (slices: Slices) => { metadata: ObjectMeta }[]>> = {
  Service: ({ services }) => services,
  TargetGroupBinding: ({ targetGroupBindings }) => targetGroupBindings,
  NetworkPolicy: ({ networkPolicies }) => networkPolicies,
  ConfigMap: ({ configMaps }) => configMaps,
};

function metadataOf({ kind, name, namespace }: ObjectKey, slices: Slices): ObjectMeta | undefined {
  const list = lists[kind]?.(slices);
  if (list !== undefined) return named(list, namespace, name)?.metadata;
  return slices.workloads.find(
    ({ metadata, ...each }) => each.kind === kind && metadata.namespace === namespace && metadata.name === name,
  )?.metadata;
}
