const beginnings = ['kubernetes.io/rule/nlb/client', 'elbv2.k8s.aws/targetGroupBinding='];

/** True for the description of a rule by which a controller lets clients of its load balancers in. */
export const isClientRule = (description: string): boolean => beginnings.some((start) => description.startsWith(start));
