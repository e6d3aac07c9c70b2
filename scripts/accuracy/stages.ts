/**
 * The order in which the decision procedure of the catalogue (part 4.2) meets the faults, S0 to S8, written down from that
 * document and not from the checks.
 */
const procedure: string[][] = [
  ['no-controller-owns-service', 'wrong-controller-instance-instead-of-ip'],
  [
    'target-group-not-attached',
    'lb-az-not-enabled-for-target',
    'instance-not-running',
    'target-ip-belongs-to-a-load-balancer',
    'elb-internal-error',
    'load-balancer-not-active',
    // Where there are no rows at all.
    'node-excluded-by-label',
    'target-node-labels-select-nothing',
    'controller-webhook-unavailable',
    'tgb-backend-reference-broken',
    'quic-server-id-missing',
    'target-or-listener-quota',
    'target-not-supported-by-nlb',
    'subnet-discovery-failed',
    'controller-not-running-or-stuck',
    'controller-throttled',
    'nodeport-not-allocated',
  ],
  [
    'stale-targets-not-deregistered',
    'nodeport-changed-stale-target-group',
    'shared-target-group-conflict',
    'policy-switch-stale-hc',
    'hc-setting-not-honoured-by-controller',
    'hc-annotation-invalid',
    'hc-named-port-unresolvable',
    'controller-build-or-deploy-failed',
    'controller-iam-denied',
    'hc-live-config-drift',
  ],
  ['ppv2-breaks-healthchecknodeport', 'hc-udp-without-tcp-responder', 'hc-port-wrong', 'fargate-with-instance-targets'],
  [
    'svc-selector-matches-no-pods',
    'workload-scaled-to-zero',
    'pod-unschedulable',
    'pod-ip-exhaustion',
    'pod-config-error',
    'pod-image-pull-failure',
    'pod-init-or-startup-stuck',
    'pod-oomkilled',
    'pod-liveness-kill-loop',
    'pod-crashloop',
    'pod-evicted-or-node-pressure',
    'pod-readiness-probe-failing',
    'readiness-gate-stuck',
    'named-target-port-not-found',
    'endpointslice-port-name-mismatch',
  ],
  [
    'kube-proxy-node-name-mismatch',
    'kube-proxy-reports-unhealthy',
    'kube-proxy-down',
    'healthchecknodeport-not-listening',
    'nodeport-addresses-exclude-primary-ip',
    'proxy-replacement-conflict',
  ],
  ['node-not-ready', 'nodeport-rules-not-programmed'],
  // S7 line by line.
  ['sg-cluster-tag-ambiguous', 'pod-eni-unresolvable'],
  ['nlb-sg-egress-blocks-health-check'],
  [
    'byo-nlb-sg-without-backend-rules',
    'tgb-networking-missing',
    'pod-sg-missing-nlb-rule',
    'eniconfig-sg-blocks-nlb',
    'sg-rule-removed-by-other-manager',
    'sg-rules-quota-exceeded',
    'automode-node-sg-permission',
    'source-ranges-exclude-lb-nodes',
  ],
  // "Otherwise": where none of the reasons above tells why the rule is missing.
  ['sg-target-missing-health-check-rule'],
  ['nacl-blocks-health-check'],
  ['networkpolicy-blocks-health-check', 'networkpolicy-strict-mode'],
  ['ip-target-unroutable-or-outside-vpc', 'overlay-cni-with-ip-targets'],
  ['node-to-node-sg-blocks-pod-port'],
  // By elimination: where all of the above admit the packets and no answer comes.
  [
    'app-saturated',
    'conntrack-or-ena-allowance-exhausted',
    'host-firewall-or-kernel-setting',
    'cni-nodeport-support-disabled',
    'node-multi-eni-asymmetric-path',
    'sgp-strict-with-instance-local',
  ],
  [
    'container-not-listening-on-target-port',
    'app-bound-to-loopback',
    'tls-listener-to-closed-backend',
    'app-ip-family-mismatch',
    'hc-protocol-tls-mismatch',
    'ppv2-hc-rejected-by-app',
    'ppv2-expected-but-not-sent',
    'hc-mesh-mtls-or-sidecar-intercept',
    'hc-http-on-non-http-server',
    'hc-https-tls13-only',
    'hc-endpoint-requires-auth-or-client-cert',
    'hc-host-header-rejected',
    'hc-path-wrong-status',
    'app-error-status',
    'hc-success-codes-mismatch',
    'hc-timeout-too-short',
    'hc-thresholds-too-tight',
    'frontend-nlb-alb-target-unhealthy',
  ],
];

/** S2: AWS has something, and not what the Service asks for. */
export const staleStage = procedure.findIndex((ids) => ids.includes('hc-live-config-drift'));

/** Position of a fault in the procedure; a fault that it does not order comes last. */
export const stageOf: ReadonlyMap<string, number> = new Map(
  procedure.flatMap((ids, stage) => ids.map((id): [string, number] => [id, stage])),
);
