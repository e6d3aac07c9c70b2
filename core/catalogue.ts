import type { Check } from './check.ts';
import { appBoundToLoopback } from './checks/app-bound-to-loopback.ts';
import { appErrorStatus } from './checks/app-error-status.ts';
import { appIpFamilyMismatch } from './checks/app-ip-family-mismatch.ts';
import { appSaturated } from './checks/app-saturated.ts';
import { automodeNodeSgPermission } from './checks/automode-node-sg-permission.ts';
import { automodeUnsupportedAnnotation } from './checks/automode-unsupported-annotation.ts';
import { byoNlbSgWithoutBackendRules } from './checks/byo-nlb-sg-without-backend-rules.ts';
import { cniNodeportSupportDisabled } from './checks/cni-nodeport-support-disabled.ts';
import { conntrackOrEnaAllowanceExhausted } from './checks/conntrack-or-ena-allowance-exhausted.ts';
import { containerNotListeningOnTargetPort } from './checks/container-not-listening-on-target-port.ts';
import { controllerBuildOrDeployFailed } from './checks/controller-build-or-deploy-failed.ts';
import { controllerIamDenied } from './checks/controller-iam-denied.ts';
import { controllerNotRunningOrStuck } from './checks/controller-not-running-or-stuck.ts';
import { controllerThrottled } from './checks/controller-throttled.ts';
import { controllerWebhookUnavailable } from './checks/controller-webhook-unavailable.ts';
import { elbInternalError } from './checks/elb-internal-error.ts';
import { endpointslicePortNameMismatch } from './checks/endpointslice-port-name-mismatch.ts';
import { eniconfigSgBlocksNlb } from './checks/eniconfig-sg-blocks-nlb.ts';
import { etpLocalNoLocalPod } from './checks/etp-local-no-local-pod.ts';
import { etpLocalNoReadyEndpointAnywhere } from './checks/etp-local-no-ready-endpoint-anywhere.ts';
import { etpLocalOnlyTerminatingEndpoints } from './checks/etp-local-only-terminating-endpoints.ts';
import { fargateWithInstanceTargets } from './checks/fargate-with-instance-targets.ts';
import { frontendNlbAlbTargetUnhealthy } from './checks/frontend-nlb-alb-target-unhealthy.ts';
import { hcAnnotationInvalid } from './checks/hc-annotation-invalid.ts';
import { hcEndpointRequiresAuthOrClientCert } from './checks/hc-endpoint-requires-auth-or-client-cert.ts';
import { hcHostHeaderRejected } from './checks/hc-host-header-rejected.ts';
import { hcHttpOnNonHttpServer } from './checks/hc-http-on-non-http-server.ts';
import { hcHttpsTls13Only } from './checks/hc-https-tls13-only.ts';
import { hcLiveConfigDrift } from './checks/hc-live-config-drift.ts';
import { hcMeshMtlsOrSidecarIntercept } from './checks/hc-mesh-mtls-or-sidecar-intercept.ts';
import { hcNamedPortUnresolvable } from './checks/hc-named-port-unresolvable.ts';
import { hcPathWrongStatus } from './checks/hc-path-wrong-status.ts';
import { hcPortWrong } from './checks/hc-port-wrong.ts';
import { hcProtocolTlsMismatch } from './checks/hc-protocol-tls-mismatch.ts';
import { hcSettingNotHonouredByController } from './checks/hc-setting-not-honoured-by-controller.ts';
import { hcSuccessCodesMismatch } from './checks/hc-success-codes-mismatch.ts';
import { hcTcpOverrideUnderLocal } from './checks/hc-tcp-override-under-local.ts';
import { hcThresholdsTooTight } from './checks/hc-thresholds-too-tight.ts';
import { hcTimeoutTooShort } from './checks/hc-timeout-too-short.ts';
import { hcUdpWithoutTcpResponder } from './checks/hc-udp-without-tcp-responder.ts';
import { healthchecknodeportNotListening } from './checks/healthchecknodeport-not-listening.ts';
import { hostFirewallOrKernelSetting } from './checks/host-firewall-or-kernel-setting.ts';
import { instanceNotRunning } from './checks/instance-not-running.ts';
import { intendedEmptyOrBlueGreen } from './checks/intended-empty-or-blue-green.ts';
import { ipFamilyMismatchLbVsTarget } from './checks/ip-family-mismatch-lb-vs-target.ts';
import { ipTargetUnroutableOrOutsideVpc } from './checks/ip-target-unroutable-or-outside-vpc.ts';
import { kubeProxyDown } from './checks/kube-proxy-down.ts';
import { kubeProxyNodeNameMismatch } from './checks/kube-proxy-node-name-mismatch.ts';
import { kubeProxyReportsUnhealthy } from './checks/kube-proxy-reports-unhealthy.ts';
import { lbAzNotEnabledForTarget } from './checks/lb-az-not-enabled-for-target.ts';
import { lbSubnetOrEniBroken } from './checks/lb-subnet-or-eni-broken.ts';
import { loadBalancerNotActive } from './checks/load-balancer-not-active.ts';
import { naclBlocksHealthCheck } from './checks/nacl-blocks-health-check.ts';
import { namedTargetPortNotFound } from './checks/named-target-port-not-found.ts';
import { networkpolicyBlocksHealthCheck } from './checks/networkpolicy-blocks-health-check.ts';
import { networkpolicyStrictMode } from './checks/networkpolicy-strict-mode.ts';
import { newNodeWindow } from './checks/new-node-window.ts';
import { nlbSgEgressBlocksHealthCheck } from './checks/nlb-sg-egress-blocks-health-check.ts';
import { noControllerOwnsService } from './checks/no-controller-owns-service.ts';
import { nodeBeingRemoved } from './checks/node-being-removed.ts';
import { nodeExcludedByLabel } from './checks/node-excluded-by-label.ts';
import { nodeMultiEniAsymmetricPath } from './checks/node-multi-eni-asymmetric-path.ts';
import { nodeNotReady } from './checks/node-not-ready.ts';
import { nodeToNodeSgBlocksPodPort } from './checks/node-to-node-sg-blocks-pod-port.ts';
import { nodeportAddressesExcludePrimaryIp } from './checks/nodeport-addresses-exclude-primary-ip.ts';
import { nodeportChangedStaleTargetGroup } from './checks/nodeport-changed-stale-target-group.ts';
import { nodeportNotAllocated } from './checks/nodeport-not-allocated.ts';
import { nodeportRulesNotProgrammed } from './checks/nodeport-rules-not-programmed.ts';
import { overlayCniWithIpTargets } from './checks/overlay-cni-with-ip-targets.ts';
import { podConfigError } from './checks/pod-config-error.ts';
import { podCrashloop } from './checks/pod-crashloop.ts';
import { podEniUnresolvable } from './checks/pod-eni-unresolvable.ts';
import { podEvictedOrNodePressure } from './checks/pod-evicted-or-node-pressure.ts';
import { podImagePullFailure } from './checks/pod-image-pull-failure.ts';
import { podInitOrStartupStuck } from './checks/pod-init-or-startup-stuck.ts';
import { podIpExhaustion } from './checks/pod-ip-exhaustion.ts';
import { podLivenessKillLoop } from './checks/pod-liveness-kill-loop.ts';
import { podOomkilled } from './checks/pod-oomkilled.ts';
import { podReadinessProbeFailing } from './checks/pod-readiness-probe-failing.ts';
import { podSgMissingNlbRule } from './checks/pod-sg-missing-nlb-rule.ts';
import { podUnschedulable } from './checks/pod-unschedulable.ts';
import { policySwitchStaleHc } from './checks/policy-switch-stale-hc.ts';
import { ppv2BreaksHealthchecknodeport } from './checks/ppv2-breaks-healthchecknodeport.ts';
import { ppv2ExpectedButNotSent } from './checks/ppv2-expected-but-not-sent.ts';
import { ppv2HcRejectedByApp } from './checks/ppv2-hc-rejected-by-app.ts';
import { proxyReplacementConflict } from './checks/proxy-replacement-conflict.ts';
import { quicServerIdMissing } from './checks/quic-server-id-missing.ts';
import { readinessGateStuck } from './checks/readiness-gate-stuck.ts';
import { readyEndpointsNotRegistered } from './checks/ready-endpoints-not-registered.ts';
import { registrationInProgress } from './checks/registration-in-progress.ts';
import { rolloutInProgress } from './checks/rollout-in-progress.ts';
import { sgClusterTagAmbiguous } from './checks/sg-cluster-tag-ambiguous.ts';
import { sgRuleRemovedByOtherManager } from './checks/sg-rule-removed-by-other-manager.ts';
import { sgRulesQuotaExceeded } from './checks/sg-rules-quota-exceeded.ts';
import { sgTargetMissingHealthCheckRule } from './checks/sg-target-missing-health-check-rule.ts';
import { sgpStrictWithInstanceLocal } from './checks/sgp-strict-with-instance-local.ts';
import { sharedTargetGroupConflict } from './checks/shared-target-group-conflict.ts';
import { sourceRangesExcludeLbNodes } from './checks/source-ranges-exclude-lb-nodes.ts';
import { staleTargetsNotDeregistered } from './checks/stale-targets-not-deregistered.ts';
import { subnetDiscoveryFailed } from './checks/subnet-discovery-failed.ts';
import { svcSelectorMatchesNoPods } from './checks/svc-selector-matches-no-pods.ts';
import { targetDraining } from './checks/target-draining.ts';
import { targetGroupNotAttached } from './checks/target-group-not-attached.ts';
import { targetIpBelongsToALoadBalancer } from './checks/target-ip-belongs-to-a-load-balancer.ts';
import { targetNodeLabelsSelectNothing } from './checks/target-node-labels-select-nothing.ts';
import { targetNotSupportedByNlb } from './checks/target-not-supported-by-nlb.ts';
import { targetOrListenerQuota } from './checks/target-or-listener-quota.ts';
import { tgbBackendReferenceBroken } from './checks/tgb-backend-reference-broken.ts';
import { tgbNetworkingMissing } from './checks/tgb-networking-missing.ts';
import { tlsListenerToClosedBackend } from './checks/tls-listener-to-closed-backend.ts';
import { unhealthyDrainingByDesign } from './checks/unhealthy-draining-by-design.ts';
import { workloadScaledToZero } from './checks/workload-scaled-to-zero.ts';
import { wrongControllerInstanceInsteadOfIp } from './checks/wrong-controller-instance-instead-of-ip.ts';
import { zonalShiftActive } from './checks/zonal-shift-active.ts';

/** Every check, in the order of their ids. */
export const catalogue: readonly Check[] = [
  appBoundToLoopback,
  appErrorStatus,
  appIpFamilyMismatch,
  appSaturated,
  automodeNodeSgPermission,
  automodeUnsupportedAnnotation,
  byoNlbSgWithoutBackendRules,
  cniNodeportSupportDisabled,
  conntrackOrEnaAllowanceExhausted,
  containerNotListeningOnTargetPort,
  controllerBuildOrDeployFailed,
  controllerIamDenied,
  controllerNotRunningOrStuck,
  controllerThrottled,
  controllerWebhookUnavailable,
  elbInternalError,
  endpointslicePortNameMismatch,
  eniconfigSgBlocksNlb,
  etpLocalNoLocalPod,
  etpLocalNoReadyEndpointAnywhere,
  etpLocalOnlyTerminatingEndpoints,
  fargateWithInstanceTargets,
  frontendNlbAlbTargetUnhealthy,
  hcAnnotationInvalid,
  hcEndpointRequiresAuthOrClientCert,
  hcHostHeaderRejected,
  hcHttpOnNonHttpServer,
  hcHttpsTls13Only,
  hcLiveConfigDrift,
  hcMeshMtlsOrSidecarIntercept,
  hcNamedPortUnresolvable,
  hcPathWrongStatus,
  hcPortWrong,
  hcProtocolTlsMismatch,
  hcSettingNotHonouredByController,
  hcSuccessCodesMismatch,
  hcTcpOverrideUnderLocal,
  hcThresholdsTooTight,
  hcTimeoutTooShort,
  hcUdpWithoutTcpResponder,
  healthchecknodeportNotListening,
  hostFirewallOrKernelSetting,
  instanceNotRunning,
  intendedEmptyOrBlueGreen,
  ipFamilyMismatchLbVsTarget,
  ipTargetUnroutableOrOutsideVpc,
  kubeProxyDown,
  kubeProxyNodeNameMismatch,
  kubeProxyReportsUnhealthy,
  lbAzNotEnabledForTarget,
  lbSubnetOrEniBroken,
  loadBalancerNotActive,
  naclBlocksHealthCheck,
  namedTargetPortNotFound,
  networkpolicyBlocksHealthCheck,
  networkpolicyStrictMode,
  newNodeWindow,
  nlbSgEgressBlocksHealthCheck,
  noControllerOwnsService,
  nodeBeingRemoved,
  nodeExcludedByLabel,
  nodeMultiEniAsymmetricPath,
  nodeNotReady,
  nodeToNodeSgBlocksPodPort,
  nodeportAddressesExcludePrimaryIp,
  nodeportChangedStaleTargetGroup,
  nodeportNotAllocated,
  nodeportRulesNotProgrammed,
  overlayCniWithIpTargets,
  podConfigError,
  podCrashloop,
  podEniUnresolvable,
  podEvictedOrNodePressure,
  podImagePullFailure,
  podInitOrStartupStuck,
  podIpExhaustion,
  podLivenessKillLoop,
  podOomkilled,
  podReadinessProbeFailing,
  podSgMissingNlbRule,
  podUnschedulable,
  policySwitchStaleHc,
  ppv2BreaksHealthchecknodeport,
  ppv2ExpectedButNotSent,
  ppv2HcRejectedByApp,
  proxyReplacementConflict,
  quicServerIdMissing,
  readinessGateStuck,
  readyEndpointsNotRegistered,
  registrationInProgress,
  rolloutInProgress,
  sgClusterTagAmbiguous,
  sgRuleRemovedByOtherManager,
  sgRulesQuotaExceeded,
  sgTargetMissingHealthCheckRule,
  sgpStrictWithInstanceLocal,
  sharedTargetGroupConflict,
  sourceRangesExcludeLbNodes,
  staleTargetsNotDeregistered,
  subnetDiscoveryFailed,
  svcSelectorMatchesNoPods,
  targetDraining,
  targetGroupNotAttached,
  targetIpBelongsToALoadBalancer,
  targetNodeLabelsSelectNothing,
  targetNotSupportedByNlb,
  targetOrListenerQuota,
  tgbBackendReferenceBroken,
  tgbNetworkingMissing,
  tlsListenerToClosedBackend,
  unhealthyDrainingByDesign,
  workloadScaledToZero,
  wrongControllerInstanceInsteadOfIp,
  zonalShiftActive,
];
