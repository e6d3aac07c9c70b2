import type { Filling } from '../../../model/check-result.ts';
import type { Change, Template } from '../../../model/fix.ts';
import { fillTemplate } from '../fill-template.ts';

/** How the values of a well-known chart write a change; undefined where its chart is another one, or has no value for it. */
export function chartValuesOf(chart: string, change: Change, values: Record<string, Filling>): Template | undefined {
  const template = templates[chart]?.(change);
  return template && fillTemplate(template, values);
}

/** As a patch of the init container holds it. */
const earlyDemux = JSON.stringify({ name: 'DISABLE_TCP_EARLY_DEMUX', value: 'true' });

/** Sources: values.yaml of aws/eks-charts aws-load-balancer-controller, of amazon-vpc-cni-k8s charts/aws-vpc-cni, and of cilium. */
const templates: Readonly<Record<string, (change: Change) => Template | undefined>> = {
  'aws-load-balancer-controller': (change) => {
    if ('scale' in change) return { replicaCount: change.scale };
    return 'patch' in change && JSON.stringify(change.patch).includes('--max-targets-per-target-group=0')
      ? { maxTargetsPerTargetGroup: 0 }
      : undefined;
  },
  'aws-vpc-cni': (change) => {
    if ('env' in change) return { env: change.env };
    return 'patch' in change && JSON.stringify(change.patch).includes(earlyDemux)
      ? { init: { env: { DISABLE_TCP_EARLY_DEMUX: 'true' } } }
      : undefined;
  },
  cilium: (change) =>
    'patch' in change && JSON.stringify(change.patch).includes('enable-health-check-nodeport')
      ? { nodePort: { enableHealthCheck: true } }
      : undefined,
};
