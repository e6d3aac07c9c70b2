import type { Shape } from './mirror.ts';

/** Of the annotations of the controller. */
export const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';
/** A port of a Service, in front of port 8080 of its pods. */
export const port = (number: number, nodePort: number, more = {}) => ({
  name: `p${number}`,
  port: number,
  targetPort: 8080,
  nodePort,
  ...more,
});
/** Annotations, named by their endings. */
export const annotated = (annotations: Record<string, string>): Pick<Shape, 'annotations'> => ({
  annotations: Object.fromEntries(Object.entries(annotations).map(([end, value]) => [`${prefix}${end}`, value])),
});
export const ip = { targetType: 'ip' } as const;
