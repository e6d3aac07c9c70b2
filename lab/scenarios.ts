import type { Scenario } from './scenario.ts';
import { alpnMissingForGrpc } from './scenarios/alpn-missing-for-grpc.ts';
import { appBoundToLoopback } from './scenarios/app-bound-to-loopback.ts';
import { appErrorStatus } from './scenarios/app-error-status.ts';
import { appIpFamilyMismatch } from './scenarios/app-ip-family-mismatch.ts';
import { appSaturated } from './scenarios/app-saturated.ts';
import { automodeNodeSgPermission } from './scenarios/automode-node-sg-permission.ts';
import { automodeUnsupportedAnnotation } from './scenarios/automode-unsupported-annotation.ts';
import { automodeUntaggedTargetGroup } from './scenarios/automode-untagged-target-group.ts';
import { byoNlbSgWithoutBackendRules } from './scenarios/byo-nlb-sg-without-backend-rules.ts';
import { clusterNetworkPolicyBlocksHealthCheck } from './scenarios/cluster-network-policy-blocks-health-check.ts';
import { cniNodeportSupportDisabled } from './scenarios/cni-nodeport-support-disabled.ts';
import { conntrackOrEnaAllowanceExhausted } from './scenarios/conntrack-or-ena-allowance-exhausted.ts';
import { containerNotListeningOnTargetPort } from './scenarios/container-not-listening-on-target-port.ts';
import { controllerBuildOrDeployFailed } from './scenarios/controller-build-or-deploy-failed.ts';
import { controllerCannotStart } from './scenarios/controller-cannot-start.ts';
import { controllerClusterNameMismatch } from './scenarios/controller-cluster-name-mismatch.ts';
import { controllerCrdsOutdated } from './scenarios/controller-crds-outdated.ts';
import { controllerIamDenied } from './scenarios/controller-iam-denied.ts';
import { controllerNotRunningOrStuck } from './scenarios/controller-not-running-or-stuck.ts';
import { controllerTargetCap } from './scenarios/controller-target-cap.ts';
import { controllerThrottled } from './scenarios/controller-throttled.ts';
import { controllerWebhookUnavailable } from './scenarios/controller-webhook-unavailable.ts';
import { deletedOutsideKubernetes } from './scenarios/deleted-outside-kubernetes.ts';
import { elbInternalError } from './scenarios/elb-internal-error.ts';
import { endpointslicePortNameMismatch } from './scenarios/endpointslice-port-name-mismatch.ts';
import { eniconfigSgBlocksNlb } from './scenarios/eniconfig-sg-blocks-nlb.ts';
import { etpLocalNoLocalPod } from './scenarios/etp-local-no-local-pod.ts';
import { etpLocalNoReadyEndpointAnywhere } from './scenarios/etp-local-no-ready-endpoint-anywhere.ts';
import { etpLocalOnlyTerminatingEndpoints } from './scenarios/etp-local-only-terminating-endpoints.ts';
import { failedBetweenRuns } from './scenarios/failed-between-runs.ts';
import { failsOpen } from './scenarios/fails-open.ts';
import { fargateWithInstanceTargets } from './scenarios/fargate-with-instance-targets.ts';
import { frontendNlbAlbTargetUnhealthy } from './scenarios/frontend-nlb-alb-target-unhealthy.ts';
import { gatewayLiveDrift } from './scenarios/gateway-live-drift.ts';
import { gatewayShadowedDefault } from './scenarios/gateway-shadowed-default.ts';
import { gatewayWrongPath } from './scenarios/gateway-wrong-path.ts';
import { gatewayWrongPort } from './scenarios/gateway-wrong-port.ts';
import { hcAnnotationInvalid } from './scenarios/hc-annotation-invalid.ts';
import { hcEndpointRequiresAuthOrClientCert } from './scenarios/hc-endpoint-requires-auth-or-client-cert.ts';
import { hcHostHeaderRejected } from './scenarios/hc-host-header-rejected.ts';
import { hcHttpOnNonHttpServer } from './scenarios/hc-http-on-non-http-server.ts';
import { hcHttpsTls13Only } from './scenarios/hc-https-tls13-only.ts';
import { hcLiveConfigDrift } from './scenarios/hc-live-config-drift.ts';
import { hcMeshMtlsOrSidecarIntercept } from './scenarios/hc-mesh-mtls-or-sidecar-intercept.ts';
import { hcNamedPortUnresolvable } from './scenarios/hc-named-port-unresolvable.ts';
import { hcPathWrongStatus } from './scenarios/hc-path-wrong-status.ts';
import { hcPortWrong } from './scenarios/hc-port-wrong.ts';
import { hcProtocolTlsMismatch } from './scenarios/hc-protocol-tls-mismatch.ts';
import { hcSettingNotHonouredByController } from './scenarios/hc-setting-not-honoured-by-controller.ts';
import { hcSuccessCodesMismatch } from './scenarios/hc-success-codes-mismatch.ts';
import { hcTcpOverrideUnderLocal } from './scenarios/hc-tcp-override-under-local.ts';
import { hcThresholdsTooTight } from './scenarios/hc-thresholds-too-tight.ts';
import { hcTimeoutTooShort } from './scenarios/hc-timeout-too-short.ts';
import { hcUdpWithoutTcpResponder } from './scenarios/hc-udp-without-tcp-responder.ts';
import { healthCheckLostOnPath } from './scenarios/health-check-lost-on-path.ts';
import { healthPortUnserved } from './scenarios/health-port-unserved.ts';
import { healthchecknodeportNotListening } from './scenarios/healthchecknodeport-not-listening.ts';
import { healthy } from './scenarios/healthy.ts';
import { hostFirewallOrKernelSetting } from './scenarios/host-firewall-or-kernel-setting.ts';
import { hybridNodesWithInstanceTargets } from './scenarios/hybrid-nodes-with-instance-targets.ts';
import { instanceNotRunning } from './scenarios/instance-not-running.ts';
import { intendedEmptyOrBlueGreen } from './scenarios/intended-empty-or-blue-green.ts';
import { internetFacingWithoutIgw } from './scenarios/internet-facing-without-igw.ts';
import { ipFamilyMismatchLbVsTarget } from './scenarios/ip-family-mismatch-lb-vs-target.ts';
import { ipTargetUnroutableOrOutsideVpc } from './scenarios/ip-target-unroutable-or-outside-vpc.ts';
import { kubeProxyDown } from './scenarios/kube-proxy-down.ts';
import { kubeProxyNodeNameMismatch } from './scenarios/kube-proxy-node-name-mismatch.ts';
import { kubeProxyReportsUnhealthy } from './scenarios/kube-proxy-reports-unhealthy.ts';
import { lbAzNotEnabledForTarget } from './scenarios/lb-az-not-enabled-for-target.ts';
import { lbSubnetOrEniBroken } from './scenarios/lb-subnet-or-eni-broken.ts';
import { listenerForwardsToEmptyGroup } from './scenarios/listener-forwards-to-empty-group.ts';
import { listenerWeightsServeNoOne } from './scenarios/listener-weights-serve-no-one.ts';
import { listenersExchanged } from './scenarios/listeners-exchanged.ts';
import { loadBalancerDeleted } from './scenarios/load-balancer-deleted.ts';
import { loadBalancerForgotten } from './scenarios/load-balancer-forgotten.ts';
import { loadBalancerNotActive } from './scenarios/load-balancer-not-active.ts';
import { localPodsOnLeavingNodes } from './scenarios/local-pods-on-leaving-nodes.ts';
import { naclBlocksClients } from './scenarios/nacl-blocks-clients.ts';
import { naclBlocksHealthCheck } from './scenarios/nacl-blocks-health-check.ts';
import { namedTargetPortNotFound } from './scenarios/named-target-port-not-found.ts';
import { networkpolicyBlocksClients } from './scenarios/networkpolicy-blocks-clients.ts';
import { networkpolicyBlocksHealthCheck } from './scenarios/networkpolicy-blocks-health-check.ts';
import { networkpolicyStrictMode } from './scenarios/networkpolicy-strict-mode.ts';
import { newNodeWindow } from './scenarios/new-node-window.ts';
import { nlbSgBlocksClients } from './scenarios/nlb-sg-blocks-clients.ts';
import { nlbSgEgressBlocksHealthCheck } from './scenarios/nlb-sg-egress-blocks-health-check.ts';
import { noControllerOwnsService } from './scenarios/no-controller-owns-service.ts';
import { noEndpointBehindHealthyTargets } from './scenarios/no-endpoint-behind-healthy-targets.ts';
import { nodeBeingRemoved } from './scenarios/node-being-removed.ts';
import { nodeCniDataplaneBroken } from './scenarios/node-cni-dataplane-broken.ts';
import { nodeDropsLocalPods } from './scenarios/node-drops-local-pods.ts';
import { nodeDropsRemotePods } from './scenarios/node-drops-remote-pods.ts';
import { nodeExcludedByLabel } from './scenarios/node-excluded-by-label.ts';
import { nodeMultiEniAsymmetricPath } from './scenarios/node-multi-eni-asymmetric-path.ts';
import { nodeNotReady } from './scenarios/node-not-ready.ts';
import { nodePortsOpenToInternet } from './scenarios/node-ports-open-to-internet.ts';
import { nodeToNodeSgBlocksPodPort } from './scenarios/node-to-node-sg-blocks-pod-port.ts';
import { nodeportAddressesExcludePrimaryIp } from './scenarios/nodeport-addresses-exclude-primary-ip.ts';
import { nodeportChangedStaleTargetGroup } from './scenarios/nodeport-changed-stale-target-group.ts';
import { nodeportNotAllocated } from './scenarios/nodeport-not-allocated.ts';
import { nodeportRulesNotProgrammed } from './scenarios/nodeport-rules-not-programmed.ts';
import { overlayCniWithIpTargets } from './scenarios/overlay-cni-with-ip-targets.ts';
import { packetLossOnNode } from './scenarios/packet-loss-on-node.ts';
import { podConfigError } from './scenarios/pod-config-error.ts';
import { podCrashloop } from './scenarios/pod-crashloop.ts';
import { podEniUnresolvable } from './scenarios/pod-eni-unresolvable.ts';
import { podEvictedOrNodePressure } from './scenarios/pod-evicted-or-node-pressure.ts';
import { podImagePullFailure } from './scenarios/pod-image-pull-failure.ts';
import { podInitOrStartupStuck } from './scenarios/pod-init-or-startup-stuck.ts';
import { podIpExhaustion } from './scenarios/pod-ip-exhaustion.ts';
import { podLivenessKillLoop } from './scenarios/pod-liveness-kill-loop.ts';
import { podOomkilled } from './scenarios/pod-oomkilled.ts';
import { podReadinessProbeFailing } from './scenarios/pod-readiness-probe-failing.ts';
import { podSgMissingNlbRule } from './scenarios/pod-sg-missing-nlb-rule.ts';
import { podUnschedulable } from './scenarios/pod-unschedulable.ts';
import { policySwitchStaleHc } from './scenarios/policy-switch-stale-hc.ts';
import { ppv2BreaksHealthchecknodeport } from './scenarios/ppv2-breaks-healthchecknodeport.ts';
import { ppv2ExpectedButNotSent } from './scenarios/ppv2-expected-but-not-sent.ts';
import { ppv2HcRejectedByApp } from './scenarios/ppv2-hc-rejected-by-app.ts';
import { privatelinkInboundEnforced } from './scenarios/privatelink-inbound-enforced.ts';
import { proxyProtocolOneSided } from './scenarios/proxy-protocol-one-sided.ts';
import { proxyReplacementConflict } from './scenarios/proxy-replacement-conflict.ts';
import { quicServerIdMissing } from './scenarios/quic-server-id-missing.ts';
import { readinessGateStuck } from './scenarios/readiness-gate-stuck.ts';
import { readyEndpointsNotRegistered } from './scenarios/ready-endpoints-not-registered.ts';
import { registrationInProgress } from './scenarios/registration-in-progress.ts';
import { registrationUnmanaged } from './scenarios/registration-unmanaged.ts';
import { rolloutInProgress } from './scenarios/rollout-in-progress.ts';
import { rolloutWithoutReadinessGates } from './scenarios/rollout-without-readiness-gates.ts';
import { ruleRemovedByController } from './scenarios/rule-removed-by-controller.ts';
import { ruleRemovedByTerraform } from './scenarios/rule-removed-by-terraform.ts';
import { ruleRemovedInConsole } from './scenarios/rule-removed-in-console.ts';
import { selectorLeftBehindByRollout } from './scenarios/selector-left-behind-by-rollout.ts';
import { selectorMatchesTooMuch } from './scenarios/selector-matches-too-much.ts';
import { servicePortWithoutListener } from './scenarios/service-port-without-listener.ts';
import { serviceWithoutEndpoints } from './scenarios/service-without-endpoints.ts';
import { sgClusterTagAmbiguous } from './scenarios/sg-cluster-tag-ambiguous.ts';
import { sgRuleRemovedByOtherManager } from './scenarios/sg-rule-removed-by-other-manager.ts';
import { sgRulesQuotaExceeded } from './scenarios/sg-rules-quota-exceeded.ts';
import { sgTargetMissingHealthCheckRule } from './scenarios/sg-target-missing-health-check-rule.ts';
import { sgpStrictWithInstanceLocal } from './scenarios/sgp-strict-with-instance-local.ts';
import { sharedTargetGroupConflict } from './scenarios/shared-target-group-conflict.ts';
import { snatOnPreservedClients } from './scenarios/snat-on-preserved-clients.ts';
import { snatPortsExhausted } from './scenarios/snat-ports-exhausted.ts';
import { sourceRangesExcludeLbNodes } from './scenarios/source-ranges-exclude-lb-nodes.ts';
import { staleTargetsNotDeregistered } from './scenarios/stale-targets-not-deregistered.ts';
import { subnetDiscoveryFailed } from './scenarios/subnet-discovery-failed.ts';
import { svcSelectorMatchesNoPods } from './scenarios/svc-selector-matches-no-pods.ts';
import { targetDraining } from './scenarios/target-draining.ts';
import { targetGroupDeleted } from './scenarios/target-group-deleted.ts';
import { targetGroupNotAttached } from './scenarios/target-group-not-attached.ts';
import { targetIpBelongsToALoadBalancer } from './scenarios/target-ip-belongs-to-a-load-balancer.ts';
import { targetNodeLabelsSelectNothing } from './scenarios/target-node-labels-select-nothing.ts';
import { targetNotSupportedByNlb } from './scenarios/target-not-supported-by-nlb.ts';
import { targetOrListenerQuota } from './scenarios/target-or-listener-quota.ts';
import { targetSgBlocksTrafficPort } from './scenarios/target-sg-blocks-traffic-port.ts';
import { terraformNodePortGroup } from './scenarios/terraform-node-port-group.ts';
import { tgbBackendReferenceBroken } from './scenarios/tgb-backend-reference-broken.ts';
import { tgbNetworkingMissing } from './scenarios/tgb-networking-missing.ts';
import { tlsEndedTwice } from './scenarios/tls-ended-twice.ts';
import { tlsListenerToClosedBackend } from './scenarios/tls-listener-to-closed-backend.ts';
import { trafficPortHangsUp } from './scenarios/traffic-port-hangs-up.ts';
import { trafficPortRefused } from './scenarios/traffic-port-refused.ts';
import { trafficPortSilent } from './scenarios/traffic-port-silent.ts';
import { udpHalfShut } from './scenarios/udp-half-shut.ts';
import { unhealthyDrainingByDesign } from './scenarios/unhealthy-draining-by-design.ts';
import { workloadPodsRefused } from './scenarios/workload-pods-refused.ts';
import { workloadScaledToZero } from './scenarios/workload-scaled-to-zero.ts';
import { wrongControllerInstanceInsteadOfIp } from './scenarios/wrong-controller-instance-instead-of-ip.ts';
import { zonalShiftActive } from './scenarios/zonal-shift-active.ts';

/** Every scenario, in the order of their ids. */
export const scenarios: readonly Scenario[] = [
  alpnMissingForGrpc,
  appBoundToLoopback,
  appErrorStatus,
  appIpFamilyMismatch,
  appSaturated,
  automodeNodeSgPermission,
  automodeUnsupportedAnnotation,
  automodeUntaggedTargetGroup,
  byoNlbSgWithoutBackendRules,
  clusterNetworkPolicyBlocksHealthCheck,
  cniNodeportSupportDisabled,
  conntrackOrEnaAllowanceExhausted,
  containerNotListeningOnTargetPort,
  controllerBuildOrDeployFailed,
  controllerCannotStart,
  controllerClusterNameMismatch,
  controllerCrdsOutdated,
  controllerIamDenied,
  controllerNotRunningOrStuck,
  controllerTargetCap,
  controllerThrottled,
  controllerWebhookUnavailable,
  deletedOutsideKubernetes,
  elbInternalError,
  endpointslicePortNameMismatch,
  eniconfigSgBlocksNlb,
  etpLocalNoLocalPod,
  etpLocalNoReadyEndpointAnywhere,
  etpLocalOnlyTerminatingEndpoints,
  failedBetweenRuns,
  failsOpen,
  fargateWithInstanceTargets,
  frontendNlbAlbTargetUnhealthy,
  gatewayLiveDrift,
  gatewayShadowedDefault,
  gatewayWrongPath,
  gatewayWrongPort,
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
  healthCheckLostOnPath,
  healthPortUnserved,
  healthchecknodeportNotListening,
  healthy,
  hostFirewallOrKernelSetting,
  hybridNodesWithInstanceTargets,
  instanceNotRunning,
  intendedEmptyOrBlueGreen,
  internetFacingWithoutIgw,
  ipFamilyMismatchLbVsTarget,
  ipTargetUnroutableOrOutsideVpc,
  kubeProxyDown,
  kubeProxyNodeNameMismatch,
  kubeProxyReportsUnhealthy,
  lbAzNotEnabledForTarget,
  lbSubnetOrEniBroken,
  listenerForwardsToEmptyGroup,
  listenerWeightsServeNoOne,
  listenersExchanged,
  loadBalancerDeleted,
  loadBalancerForgotten,
  loadBalancerNotActive,
  localPodsOnLeavingNodes,
  naclBlocksClients,
  naclBlocksHealthCheck,
  namedTargetPortNotFound,
  networkpolicyBlocksClients,
  networkpolicyBlocksHealthCheck,
  networkpolicyStrictMode,
  newNodeWindow,
  nlbSgBlocksClients,
  nlbSgEgressBlocksHealthCheck,
  noControllerOwnsService,
  noEndpointBehindHealthyTargets,
  nodeBeingRemoved,
  nodeCniDataplaneBroken,
  nodeDropsLocalPods,
  nodeDropsRemotePods,
  nodeExcludedByLabel,
  nodeMultiEniAsymmetricPath,
  nodeNotReady,
  nodePortsOpenToInternet,
  nodeToNodeSgBlocksPodPort,
  nodeportAddressesExcludePrimaryIp,
  nodeportChangedStaleTargetGroup,
  nodeportNotAllocated,
  nodeportRulesNotProgrammed,
  overlayCniWithIpTargets,
  packetLossOnNode,
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
  privatelinkInboundEnforced,
  proxyProtocolOneSided,
  proxyReplacementConflict,
  quicServerIdMissing,
  readinessGateStuck,
  readyEndpointsNotRegistered,
  registrationInProgress,
  registrationUnmanaged,
  rolloutInProgress,
  rolloutWithoutReadinessGates,
  ruleRemovedByController,
  ruleRemovedByTerraform,
  ruleRemovedInConsole,
  selectorLeftBehindByRollout,
  selectorMatchesTooMuch,
  servicePortWithoutListener,
  serviceWithoutEndpoints,
  sgClusterTagAmbiguous,
  sgRuleRemovedByOtherManager,
  sgRulesQuotaExceeded,
  sgTargetMissingHealthCheckRule,
  sgpStrictWithInstanceLocal,
  sharedTargetGroupConflict,
  snatOnPreservedClients,
  snatPortsExhausted,
  sourceRangesExcludeLbNodes,
  staleTargetsNotDeregistered,
  subnetDiscoveryFailed,
  svcSelectorMatchesNoPods,
  targetDraining,
  targetGroupDeleted,
  targetGroupNotAttached,
  targetIpBelongsToALoadBalancer,
  targetNodeLabelsSelectNothing,
  targetNotSupportedByNlb,
  targetOrListenerQuota,
  targetSgBlocksTrafficPort,
  terraformNodePortGroup,
  tgbBackendReferenceBroken,
  tgbNetworkingMissing,
  tlsEndedTwice,
  tlsListenerToClosedBackend,
  trafficPortHangsUp,
  trafficPortRefused,
  trafficPortSilent,
  udpHalfShut,
  unhealthyDrainingByDesign,
  workloadPodsRefused,
  workloadScaledToZero,
  wrongControllerInstanceInsteadOfIp,
  zonalShiftActive,
];
