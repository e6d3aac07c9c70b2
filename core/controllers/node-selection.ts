import { fits } from '../kubernetes/label-selector.ts';
import type { LabelSelector, Node, Service, TargetGroupBinding } from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { bindingByArn } from './reconcile-errors.ts';

const annotation = 'service.beta.kubernetes.io/aws-load-balancer-target-node-labels';

/** True of a qualified name (Kubernetes, "Labels and Selectors"); `pool!=a` would be a label named `pool!`. */
export const isLabelKey = (key: string): boolean =>
  /^([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(key);

/** Labels that a node needs to become a target, and who asks for them. */
export interface NodeChoice {
  by: string;
  selector: LabelSelector;
}

/**
 * Which nodes a target group may hold, by its TargetGroupBinding, else by the annotation of the Service; `undefined` =
 * all. cloud-provider-aws takes `k` and `k=` for any value; aws-load-balancer-controller wants `k=v`, and chooses no node by what
 * it refuses.
 */
export function nodeChoiceOf(
  group: TargetGroupContext,
  service: Service | undefined,
  bindings: TargetGroupBinding[] | undefined,
): NodeChoice | undefined {
  const selector = bindingByArn(group.targetGroup.arn, bindings ?? [])?.spec.nodeSelector;
  if (selector !== undefined && !Object.keys(selector.matchLabels).every(isLabelKey)) return undefined;
  if (selector !== undefined && formatChoice({ selector }) !== '')
    return { by: 'nodeSelector of the TargetGroupBinding', selector };
  const isCloudProvider = group.owner?.controller === 'cloud-provider-aws';
  const parts = (service?.metadata.annotations[annotation] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const pairs = parts.map((part): [string, string] => {
    const [key = '', value = ''] = part.split('=');
    return [key, value];
  });
  const isRefused =
    !isCloudProvider && (parts.some((part) => !part.includes('=')) || !pairs.every(([key]) => isLabelKey(key)));
  if (pairs.length === 0 || isRefused) return undefined;
  const isAny = (value: string) => value === '' && isCloudProvider;
  return {
    by: annotation,
    selector: {
      matchLabels: Object.fromEntries(pairs.filter(([, value]) => !isAny(value))),
      matchExpressions: pairs
        .filter(([, value]) => isAny(value))
        .map(([key]) => ({ key, operator: 'Exists', values: [] })),
    },
  };
}

/** True when the node has every label that is asked for. */
export const isChosen = ({ metadata }: Node, choice: NodeChoice | undefined): boolean =>
  choice === undefined || fits(choice.selector, metadata.labels);

/** The labels in the words of `kubectl --selector`: `k=v,k2,k3 in (a,b),!k4`. */
export const formatChoice = ({ selector }: Pick<NodeChoice, 'selector'>): string =>
  [
    ...Object.entries(selector.matchLabels).map(([key, value]) => `${key}=${value}`),
    ...selector.matchExpressions.map(({ key, operator, values }) => {
      if (operator === 'Exists') return key;
      return operator === 'DoesNotExist' ? `!${key}` : `${key} ${operator.toLowerCase()} (${values.join(',')})`;
    }),
  ].join(',');

/** True when nothing but targets on their way out is registered. */
export const isEmpty = ({ targets }: TargetGroupContext): boolean => targets.every(({ state }) => state === 'draining');
