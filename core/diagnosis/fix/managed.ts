import type { Facts } from '../../model/facts.ts';
import type { Fix } from '../../model/fix.ts';
import { fieldOwner } from './field-owner.ts';

/** A command that changes one object: its namespace, kind and name. */
const change =
  /^kubectl (?:--context \S+ )?--namespace (?<namespace>\S+) (?:annotate|label|patch|scale|delete|edit|rollout undo|set (?:env|image|resources|selector)) (?<kind>service|deployment|statefulset|daemonset|targetgroupbinding|networkpolicy|configmap)[ /](?<name>[^\s'"]+)/;

/** Annotations that only wake a controller up: whether they last does not matter. */
const wakesUp = /reconcile-asked-at=|elbv2\.k8s\.aws\/checkpoint-/;

const kinds: Readonly<Record<string, string>> = {
  service: 'Service',
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  targetgroupbinding: 'TargetGroupBinding',
  networkpolicy: 'NetworkPolicy',
  configmap: 'ConfigMap',
};

/** The step, where it has no manifest with a sentence about what writes the object that its command changes. */
export function withManager(fix: Fix, facts: Facts): Fix {
  const { command = '' } = fix;
  if (fix.manifest !== undefined || wakesUp.test(command)) return fix;
  const { namespace, kind: word = '', name = '' } = change.exec(command)?.groups ?? {};
  const kind = kinds[word];
  const manager = kind && fieldOwner({ kind, name, namespace }, [], facts);
  if (!manager) return fix;
  return {
    ...fix,
    text: `${fix.text} ${manager.name} writes this ${kind}: change it in ${manager.where}, or ${manager.undoneBy} may undo what the command changes.`,
  };
}
