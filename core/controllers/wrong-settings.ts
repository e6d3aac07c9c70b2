/**
 * Checks that hold too where a health check is not the one that the Service asks for: a fault that keeps the right
 * settings from the target group explains them.
 */
export const signsOfWrongSettings = [
  'hc-port-wrong',
  'hc-path-wrong-status',
  'hc-success-codes-mismatch',
  'hc-timeout-too-short',
  'hc-thresholds-too-tight',
  'hc-protocol-tls-mismatch',
  'hc-host-header-rejected',
  'hc-endpoint-requires-auth-or-client-cert',
  'hc-https-tls13-only',
  'hc-http-on-non-http-server',
  'hc-udp-without-tcp-responder',
  'hc-mesh-mtls-or-sidecar-intercept',
  'ppv2-hc-rejected-by-app',
  'ppv2-expected-but-not-sent',
  'app-error-status',
  'app-saturated',
];
