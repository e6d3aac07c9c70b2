import type { Facts } from '../../model/facts.ts';
import type { Owner } from '../../model/owner.ts';

/** The name that `aws eks update-kubeconfig` gives the context of a cluster: its ARN. Undefined where no cluster is known. */
export function contextOf(owner: Owner | undefined, facts: Facts): string | undefined {
  const { partition, region, account, cluster } = facts;
  if (cluster !== null) return cluster.arn;
  return owner && `arn:${partition}:eks:${region}:${account}:cluster/${owner.cluster}`;
}

/** A command of kubectl's own that names no cluster yet; a plugin takes no option before its name. */
const kubectl = /\bkubectl (?!argo |--context )/g;
const helm = /\bhelm /g;

/** The command with the cluster that it is meant for, whatever context the reader's shell is in. */
export const inContext = (template: string): string =>
  template.replace(kubectl, 'kubectl --context {context} ').replace(helm, 'helm --kube-context {context} ');
