/** From the worst to the least. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** The worst severity among these; `low` where there are none. */
export const worstOf = (graded: { severity: Severity }[]): Severity =>
  severities.find((severity) => graded.some((each) => each.severity === severity)) ?? 'low';
