import type { Pod } from '../model/kubernetes.ts';
import type { Controller } from '../model/owner.ts';

/**
 * The label by which a namespace asks a controller for readiness gates in pods made from then on (LBC:docs/deploy/pod_readiness_gate.md).
 * The webhook of EKS Auto Mode looks for one of its own.
 */
export const gateLabelOf = (controller: Controller | undefined): string =>
  `${controller === 'eks-auto-mode' ? 'eks.amazonaws.com' : 'elbv2.k8s.aws'}/pod-readiness-gate-inject`;

const gateOfController = /^target-health\./;

/** True for a pod that is ready only when the load balancer finds its target healthy. */
export const waitsForTarget = ({ spec }: Pod): boolean =>
  spec.readinessGates.some((gate) => gateOfController.test(gate));
