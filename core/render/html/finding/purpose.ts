import type { ProbePurpose } from '../../../model/probe-result.ts';

const purposes: Record<ProbePurpose, string> = {
  'health-check': 'the health check, sent by the auditor',
  'health-check-again': 'the health check once more',
  'traffic-port': 'a connection to the traffic port',
  'kube-proxy': "kube-proxy's answer for the Service",
  'kube-proxy-healthz': "kube-proxy's own health",
  pod: 'a connection to the pod itself',
  'readiness-path': 'the path of the readiness probe',
  'other-scheme': 'HTTP for HTTPS, or the reverse',
  'other-host': 'another Host header',
  'tls-1.2': 'TLS 1.2 at most',
  'with-proxy-header': 'with a Proxy Protocol header',
  'without-proxy-header': 'without a Proxy Protocol header',
  'expected-check': 'the health check that the Service requests',
  'connect-again': 'a connection from another port',
  'connect-node': 'a connection to a port of the node itself',
  'client-tls': 'a TLS handshake with a healthy target',
  'client-first-bytes': 'a request to a healthy target, as the load balancer forwards it',
  'client-connect': 'a connection to the port that clients get to',
};

/** What a probe asked, in words. */
export const formatPurpose = (purpose: ProbePurpose): string => purposes[purpose];
