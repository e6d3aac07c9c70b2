import { addOnOf } from '../../../kubernetes/managers/add-on.ts';
import type { Facts } from '../../../model/facts.ts';
import type { Fix } from '../../../model/fix.ts';
import { fieldOwner, type ObjectKey } from './field-owner.ts';

/** A command that changes one object: its namespace, kind and name. */
const change =
  /^kubectl (?:--context \S+ )?--namespace (?<namespace>\S+) (?:annotate|label|patch|scale|delete|edit|rollout undo|set (?:env|image|resources|selector)) (?<word>service|deployment|statefulset|daemonset|targetgroupbinding|networkpolicy|configmap)[ /](?<name>[^\s'"]+)/;

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

/** The step with a sentence about what writes the object that its command changes, where no manifest says it. */
export function withManager(fix: Fix, facts: Facts): Fix {
  const { command = '', manifest } = fix;
  const { namespace, word = '', name = '' } = change.exec(command)?.groups ?? {};
  const kind = kinds[word];
  if (kind === undefined || wakesUp.test(command) || manifest?.owner !== undefined) return fix;
  const sentence = warning({ kind, name, namespace }, manifest === undefined, facts);
  return sentence === undefined ? fix : { ...fix, text: `${fix.text} ${sentence}` };
}

/** What may undo the change of an object; an add-on counts where it is not known that EKS leaves it alone. */
function warning(object: ObjectKey, wantsOwner: boolean, facts: Facts): string | undefined {
  const manager = fieldOwner(object, [], facts);
  if (manager !== undefined)
    return wantsOwner
      ? `${manager.name} writes this ${object.kind}: change it in ${manager.where}, or ${manager.undoneBy} may undo what the command changes.`
      : undefined;
  const addOn = addOnOf(object);
  return addOn === undefined || facts.slices.addOns.some(({ name }) => name === addOn)
    ? undefined
    : `Where EKS manages this as its add-on ${addOn}, only the configuration of the add-on keeps the change.`;
}
