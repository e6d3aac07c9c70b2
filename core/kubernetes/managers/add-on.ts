/** What EKS calls the add-on that a workload of kube-system belongs to (Amazon EKS user guide, "AWS add-ons"). */
const addOns: Readonly<Record<string, string>> = {
  'aws-node': 'vpc-cni',
  'kube-proxy': 'kube-proxy',
  coredns: 'coredns',
  'eks-node-monitoring-agent': 'eks-node-monitoring-agent',
  'eks-pod-identity-agent': 'eks-pod-identity-agent',
};

/** The name of the EKS add-on that has a workload of this name, whether EKS manages it here or not; undefined for any other object. */
export const addOnOf = ({ name, namespace }: { name: string; namespace?: string | undefined }): string | undefined =>
  namespace === 'kube-system' && Object.hasOwn(addOns, name) ? addOns[name] : undefined;
