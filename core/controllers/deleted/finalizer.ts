import type { Service } from '../../model/kubernetes.ts';
import type { Controller } from '../../model/owner.ts';

/**
 * What each controller writes into a Service before it makes anything for it, and takes out when it has removed all of that (LBC:pkg/service/constants.go,
 * KCP:controllers/service/controller.go, k8s.io/cloud-provider/service/helpers; that of EKS Auto Mode is seen in public use only).
 */
const finalizers: Partial<Record<Controller, string>> = {
  'aws-load-balancer-controller': 'service.k8s.aws/resources',
  'cloud-provider-aws': 'service.kubernetes.io/load-balancer-cleanup',
  'eks-auto-mode': 'service.eks.amazonaws.com/resources',
};

const known = new Set(Object.values(finalizers));

/** True for one of theirs. */
export const isFinalizer = (finalizer: string): boolean => known.has(finalizer);

/** True for a Service that this controller has taken up. */
export const isTakenUp = ({ metadata }: Service, controller: Controller): boolean =>
  metadata.finalizers?.some((each) => each === finalizers[controller]) === true;
