/**
 * The order in which the decision procedure of the catalogue (part 4.2) meets the faults, S1 to S8, written down from that
 * document and not from the checks: where several act on one Service, the earliest is the primary cause.
 */
export const stageOf: Record<string, number> = Object.fromEntries(
  [
    [
      'S1',
      'target-group-not-attached lb-az-not-enabled-for-target instance-not-running target-ip-belongs-to-a-load-balancer elb-internal-error load-balancer-not-active',
    ],
    ['S1 no controller', 'no-controller-owns-service'],
    [
      'S2',
      'stale-targets-not-deregistered nodeport-changed-stale-target-group shared-target-group-conflict policy-switch-stale-hc hc-setting-not-honoured-by-controller hc-annotation-invalid hc-named-port-unresolvable controller-build-or-deploy-failed controller-iam-denied hc-live-config-drift',
    ],
    ['S3', 'ppv2-breaks-healthchecknodeport hc-udp-without-tcp-responder hc-port-wrong fargate-with-instance-targets'],
    [
      'S4',
      'svc-selector-matches-no-pods workload-scaled-to-zero pod-unschedulable pod-ip-exhaustion pod-config-error pod-image-pull-failure pod-init-or-startup-stuck pod-oomkilled pod-liveness-kill-loop pod-crashloop pod-evicted-or-node-pressure pod-readiness-probe-failing readiness-gate-stuck named-target-port-not-found endpointslice-port-name-mismatch',
    ],
    [
      'S5',
      'kube-proxy-node-name-mismatch kube-proxy-reports-unhealthy kube-proxy-down healthchecknodeport-not-listening nodeport-addresses-exclude-primary-ip proxy-replacement-conflict',
    ],
    ['S6', 'node-not-ready node-being-removed nodeport-rules-not-programmed'],
    [
      'S7',
      'sg-cluster-tag-ambiguous pod-eni-unresolvable nlb-sg-egress-blocks-health-check byo-nlb-sg-without-backend-rules tgb-networking-missing pod-sg-missing-nlb-rule eniconfig-sg-blocks-nlb sg-rule-removed-by-other-manager sg-rules-quota-exceeded automode-node-sg-permission source-ranges-exclude-lb-nodes sg-target-missing-health-check-rule nacl-blocks-health-check networkpolicy-blocks-health-check networkpolicy-strict-mode ip-target-unroutable-or-outside-vpc overlay-cni-with-ip-targets node-to-node-sg-blocks-pod-port app-saturated conntrack-or-ena-allowance-exhausted host-firewall-or-kernel-setting cni-nodeport-support-disabled node-multi-eni-asymmetric-path sgp-strict-with-instance-local',
    ],
    [
      'S8',
      'container-not-listening-on-target-port app-bound-to-loopback tls-listener-to-closed-backend app-ip-family-mismatch hc-protocol-tls-mismatch ppv2-hc-rejected-by-app ppv2-expected-but-not-sent hc-mesh-mtls-or-sidecar-intercept hc-http-on-non-http-server hc-https-tls13-only hc-endpoint-requires-auth-or-client-cert hc-host-header-rejected hc-path-wrong-status app-error-status hc-success-codes-mismatch hc-timeout-too-short hc-thresholds-too-tight frontend-nlb-alb-target-unhealthy',
    ],
  ].flatMap(([, ids = ''], stage) => ids.split(' ').map((id) => [id, stage])),
);
