import { managerOf } from '../../kubernetes/managed-by.ts';
import type { Facts } from '../../model/facts.ts';
import type { Fix } from '../../model/fix.ts';
import { named } from '../../model/indexed.ts';
import type { ObjectMeta } from '../../model/kubernetes.ts';

/** A command that changes one object: its namespace, kind and name. */
const change =
  /^kubectl (?:--context \S+ )?--namespace (?<namespace>\S+) (?:annotate|label|patch|scale|delete|edit|rollout undo|set (?:env|image|resources|selector)) (?<kind>service|deployment|statefulset|daemonset|targetgroupbinding|networkpolicy)[ /](?<name>[^\s'"]+)/;

/** Annotations that only wake a controller up: whether they last does not matter. */
const wakesUp = /reconcile-asked-at=|elbv2\.k8s\.aws\/checkpoint-/;

/** The step, where it has no manifest with a sentence about what writes the object that its command changes, where the object bears a mark of that. */
export function withManager(fix: Fix, { slices }: Facts): Fix {
  const { command = '' } = fix;
  if (fix.manifest !== undefined || wakesUp.test(command)) return fix;
  const { namespace, kind = '', name = '' } = change.exec(command)?.groups ?? {};
  const found = kinds[kind]?.(slices, namespace, name);
  const manager = found && managerOf(found.kind, found.metadata);
  if (found === undefined || manager === undefined) return fix;
  return {
    ...fix,
    text: `${fix.text} ${manager.name} writes this ${found.kind}: change it in ${manager.where}, or ${manager.undoneBy} may undo what the command changes.`,
  };
}

interface Found {
  kind: string;
  metadata: ObjectMeta;
}

type Finder = (slices: Facts['slices'], namespace: string | undefined, name: string) => Found | undefined;

const of =
  (kind: string, list: (slices: Facts['slices']) => { metadata: ObjectMeta }[]): Finder =>
  (slices, namespace, name) => {
    const found = named(list(slices), namespace, name);
    return found && { kind, metadata: found.metadata };
  };

const workload =
  (kind: string): Finder =>
  ({ workloads }, namespace, name) => {
    const found = workloads.find(
      ({ metadata, ...each }) => each.kind === kind && metadata.namespace === namespace && metadata.name === name,
    );
    return found && { kind, metadata: found.metadata };
  };

const kinds: Record<string, Finder> = {
  service: of('Service', ({ services }) => services),
  targetgroupbinding: of('TargetGroupBinding', ({ targetGroupBindings }) => targetGroupBindings),
  networkpolicy: of('NetworkPolicy', ({ networkPolicies }) => networkPolicies),
  deployment: workload('Deployment'),
  statefulset: workload('StatefulSet'),
  daemonset: workload('DaemonSet'),
};
