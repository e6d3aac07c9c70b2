import type { Facts } from '../../model/facts.ts';
import type { Fix } from '../../model/fix.ts';
import type { Owner } from '../../model/owner.ts';

/** The name that `aws eks update-kubeconfig` gives the context of a cluster: its ARN. Undefined where no cluster is known. */
export function contextOf(owner: Owner | undefined, facts: Facts): string | undefined {
  const { partition, region, account, cluster } = facts;
  if (cluster !== null) return cluster.arn;
  return owner && `arn:${partition}:eks:${region}:${account}:cluster/${owner.cluster}`;
}

/** A command of kubectl's own; a plugin takes no option before its name. */
const kubectl = /\bkubectl (?!argo )/g;
const helm = /\bhelm /g;

/** The command with the cluster that it is meant for, whatever context the reader's shell is in. */
export const inContext = (template: string): string =>
  template.replace(kubectl, 'kubectl --context {context} ').replace(helm, 'helm --kube-context {context} ');

/** The steps, the first with a context saying where its name comes from. */
export function withContextExplained(steps: Fix[]): Fix[] {
  const first = steps.findIndex(({ command }) => command !== undefined && /--(kube-)?context /.test(command));
  return steps.map((step, index) => (index === first ? { ...step, text: `${step.text} ${explanation}` } : step));
}

const explanation = 'The context is the ARN of the cluster, as update-kubeconfig of the AWS CLI names it.';
