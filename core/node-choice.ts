import type { Group } from './group.ts';
import type { Node, Service, TargetGroupBinding } from './kubernetes.ts';

const annotation = 'service.beta.kubernetes.io/aws-load-balancer-target-node-labels';

/** Labels that a node needs to become a target, and who asks for them; `undefined` stands for any value. */
export interface NodeChoice {
  by: string;
  labels: [key: string, value: string | undefined][];
}

/**
 * Which nodes a target group may hold, by its TargetGroupBinding, else by the annotation of the Service; `undefined` =
 * all. cloud-provider-aws takes `k` and `k=` for any value, aws-load-balancer-controller wants `k=v`.
 */
export function nodeChoiceOf(
  group: Group,
  service: Service | undefined,
  bindings: TargetGroupBinding[] | undefined,
): NodeChoice | undefined {
  const binding = bindings?.find(({ spec }) => spec.targetGroupARN === group.targetGroup.arn);
  const selector = Object.entries(binding?.spec.nodeSelector?.matchLabels ?? {});
  if (selector.length > 0) return { by: 'nodeSelector of the TargetGroupBinding', labels: selector };
  const labels = (service?.metadata.annotations[annotation] ?? '')
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair): [string, string | undefined] => {
      const [key = '', value = ''] = pair.split('=');
      return [key, value === '' && group.owner?.controller === 'cloud-provider-aws' ? undefined : value];
    });
  return labels.length === 0 ? undefined : { by: annotation, labels };
}

/** True when the node has every label that is asked for. */
export const isChosen = ({ metadata }: Node, choice: NodeChoice | undefined): boolean =>
  choice === undefined ||
  choice.labels.every(([key, value]) =>
    value === undefined ? key in metadata.labels : metadata.labels[key] === value,
  );

/** `k=v,k2` as it is written in the annotation. */
export const sayChoice = ({ labels }: NodeChoice): string =>
  labels.map(([key, value]) => (value === undefined ? key : `${key}=${value}`)).join(',');

/** True when nothing but targets on their way out is registered. */
export const isEmpty = ({ targets }: Group): boolean => targets.every(({ state }) => state === 'draining');
