/** What each incident has to be diagnosed as: the causes of its facts file, in the order of the report. */
export const expected: Record<string, { about: string; causes: string[] }> = {
  'kubernetes-61486': {
    about:
      'https://github.com/kubernetes/kubernetes/issues/61486, rebuilt in the lab: every node unhealthy, pods ready',
    causes: ['kube-proxy-node-name-mismatch'],
  },
};
