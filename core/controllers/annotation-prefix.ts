/** How the annotations of a Service that the load balancer's controllers read begin. */
export const annotationPrefix = 'service.beta.kubernetes.io/aws-load-balancer-';

/** How those of them begin that set the health check. */
export const healthCheckAnnotation = `${annotationPrefix}healthcheck-`;
