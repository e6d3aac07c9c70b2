import { appBoundToLoopback } from '../checks/answer/app-bound-to-loopback.ts';
import { appErrorStatus } from '../checks/answer/app-error-status.ts';
import { appIpFamilyMismatch } from '../checks/answer/app-ip-family-mismatch.ts';
import { appSaturated } from '../checks/answer/app-saturated.ts';
import { containerNotListeningOnTargetPort } from '../checks/answer/container-not-listening-on-target-port.ts';
import { failedBetweenRuns } from '../checks/answer/failed-between-runs.ts';
import { frontendNlbAlbTargetUnhealthy } from '../checks/answer/frontend-nlb-alb-target-unhealthy.ts';
import { hcEndpointRequiresAuthOrClientCert } from '../checks/answer/hc-endpoint-requires-auth-or-client-cert.ts';
import { hcHostHeaderRejected } from '../checks/answer/hc-host-header-rejected.ts';
import { hcHttpOnNonHttpServer } from '../checks/answer/hc-http-on-non-http-server.ts';
import { hcHttpsTls13Only } from '../checks/answer/hc-https-tls13-only.ts';
import { hcMeshMtlsOrSidecarIntercept } from '../checks/answer/hc-mesh-mtls-or-sidecar-intercept.ts';
import { hcPathWrongStatus } from '../checks/answer/hc-path-wrong-status.ts';
import { hcProtocolTlsMismatch } from '../checks/answer/hc-protocol-tls-mismatch.ts';
import { hcSuccessCodesMismatch } from '../checks/answer/hc-success-codes-mismatch.ts';
import { hcThresholdsTooTight } from '../checks/answer/hc-thresholds-too-tight.ts';
import { hcTimeoutTooShort } from '../checks/answer/hc-timeout-too-short.ts';
import { ppv2ExpectedButNotSent } from '../checks/answer/ppv2-expected-but-not-sent.ts';
import { ppv2HcRejectedByApp } from '../checks/answer/ppv2-hc-rejected-by-app.ts';
import { proxyProtocolOneSided } from '../checks/answer/proxy-protocol-one-sided.ts';
import { tlsEndedTwice } from '../checks/answer/tls-ended-twice.ts';
import { tlsListenerToClosedBackend } from '../checks/answer/tls-listener-to-closed-backend.ts';
import { trafficPortHangsUp } from '../checks/answer/traffic-port-hangs-up.ts';
import { trafficPortRefused } from '../checks/answer/traffic-port-refused.ts';
import { trafficPortSilent } from '../checks/answer/traffic-port-silent.ts';
import { unhealthyDrainingByDesign } from '../checks/answer/unhealthy-draining-by-design.ts';
import { alpnMissingForGrpc } from '../checks/configuration/alpn-missing-for-grpc.ts';
import { automodeUnsupportedAnnotation } from '../checks/configuration/automode-unsupported-annotation.ts';
import { fargateWithInstanceTargets } from '../checks/configuration/fargate-with-instance-targets.ts';
import { hcAnnotationInvalid } from '../checks/configuration/hc-annotation-invalid.ts';
import { hcLiveConfigDrift } from '../checks/configuration/hc-live-config-drift.ts';
import { hcNamedPortUnresolvable } from '../checks/configuration/hc-named-port-unresolvable.ts';
import { hcPortWrong } from '../checks/configuration/hc-port-wrong.ts';
import { hcSettingNotHonouredByController } from '../checks/configuration/hc-setting-not-honoured-by-controller.ts';
import { hcTcpOverrideUnderLocal } from '../checks/configuration/hc-tcp-override-under-local.ts';
import { hcUdpWithoutTcpResponder } from '../checks/configuration/hc-udp-without-tcp-responder.ts';
import { policySwitchStaleHc } from '../checks/configuration/policy-switch-stale-hc.ts';
import { ppv2BreaksHealthchecknodeport } from '../checks/configuration/ppv2-breaks-healthchecknodeport.ts';
import { automodeNodeSgPermission } from '../checks/network/automode-node-sg-permission.ts';
import { byoNlbSgWithoutBackendRules } from '../checks/network/byo-nlb-sg-without-backend-rules.ts';
import { clusterNetworkPolicyBlocksHealthCheck } from '../checks/network/cluster-network-policy-blocks-health-check.ts';
import { cniNodeportSupportDisabled } from '../checks/network/cni-nodeport-support-disabled.ts';
import { conntrackOrEnaAllowanceExhausted } from '../checks/network/conntrack-or-ena-allowance-exhausted.ts';
import { eniconfigSgBlocksNlb } from '../checks/network/eniconfig-sg-blocks-nlb.ts';
import { healthCheckLostOnPath } from '../checks/network/health-check-lost-on-path.ts';
import { hostFirewallOrKernelSetting } from '../checks/network/host-firewall-or-kernel-setting.ts';
import { internetFacingWithoutIgw } from '../checks/network/internet-facing-without-igw.ts';
import { ipTargetUnroutableOrOutsideVpc } from '../checks/network/ip-target-unroutable-or-outside-vpc.ts';
import { lbSubnetOrEniBroken } from '../checks/network/lb-subnet-or-eni-broken.ts';
import { naclBlocksClients } from '../checks/network/nacl-blocks-clients.ts';
import { naclBlocksHealthCheck } from '../checks/network/nacl-blocks-health-check.ts';
import { networkpolicyBlocksClients } from '../checks/network/networkpolicy-blocks-clients.ts';
import { networkpolicyBlocksHealthCheck } from '../checks/network/networkpolicy-blocks-health-check.ts';
import { networkpolicyStrictMode } from '../checks/network/networkpolicy-strict-mode.ts';
import { nlbSgBlocksClients } from '../checks/network/nlb-sg-blocks-clients.ts';
import { nlbSgEgressBlocksHealthCheck } from '../checks/network/nlb-sg-egress-blocks-health-check.ts';
import { nodeMultiEniAsymmetricPath } from '../checks/network/node-multi-eni-asymmetric-path.ts';
import { nodePortsOpenToInternet } from '../checks/network/node-ports-open-to-internet.ts';
import { nodeToNodeSgBlocksPodPort } from '../checks/network/node-to-node-sg-blocks-pod-port.ts';
import { overlayCniWithIpTargets } from '../checks/network/overlay-cni-with-ip-targets.ts';
import { podSgMissingNlbRule } from '../checks/network/pod-sg-missing-nlb-rule.ts';
import { privatelinkInboundEnforced } from '../checks/network/privatelink-inbound-enforced.ts';
import { sgClusterTagAmbiguous } from '../checks/network/sg-cluster-tag-ambiguous.ts';
import { sgRuleRemovedByOtherManager } from '../checks/network/sg-rule-removed-by-other-manager.ts';
import { sgRulesQuotaExceeded } from '../checks/network/sg-rules-quota-exceeded.ts';
import { sgTargetMissingHealthCheckRule } from '../checks/network/sg-target-missing-health-check-rule.ts';
import { snatOnPreservedClients } from '../checks/network/snat-on-preserved-clients.ts';
import { snatPortsExhausted } from '../checks/network/snat-ports-exhausted.ts';
import { sourceRangesExcludeLbNodes } from '../checks/network/source-ranges-exclude-lb-nodes.ts';
import { targetSgBlocksTrafficPort } from '../checks/network/target-sg-blocks-traffic-port.ts';
import { tgbNetworkingMissing } from '../checks/network/tgb-networking-missing.ts';
import { healthchecknodeportNotListening } from '../checks/node/healthchecknodeport-not-listening.ts';
import { kubeProxyDown } from '../checks/node/kube-proxy-down.ts';
import { kubeProxyReportsUnhealthy } from '../checks/node/kube-proxy-reports-unhealthy.ts';
import { newNodeWindow } from '../checks/node/new-node-window.ts';
import { nodeCniDataplaneBroken } from '../checks/node/node-cni-dataplane-broken.ts';
import { nodeDropsLocalPods } from '../checks/node/node-drops-local-pods.ts';
import { nodeDropsRemotePods } from '../checks/node/node-drops-remote-pods.ts';
import { nodeNotReady } from '../checks/node/node-not-ready.ts';
import { nodeportAddressesExcludePrimaryIp } from '../checks/node/nodeport-addresses-exclude-primary-ip.ts';
import { nodeportRulesNotProgrammed } from '../checks/node/nodeport-rules-not-programmed.ts';
import { packetLossOnNode } from '../checks/node/packet-loss-on-node.ts';
import { proxyReplacementConflict } from '../checks/node/proxy-replacement-conflict.ts';
import { sgpStrictWithInstanceLocal } from '../checks/node/sgp-strict-with-instance-local.ts';
import { automodeUntaggedTargetGroup } from '../checks/owner/automode-untagged-target-group.ts';
import { controllerCannotStart } from '../checks/owner/controller-cannot-start.ts';
import { controllerClusterNameMismatch } from '../checks/owner/controller-cluster-name-mismatch.ts';
import { controllerCrdsOutdated } from '../checks/owner/controller-crds-outdated.ts';
import { controllerNotRunningOrStuck } from '../checks/owner/controller-not-running-or-stuck.ts';
import { noControllerOwnsService } from '../checks/owner/no-controller-owns-service.ts';
import { wrongControllerInstanceInsteadOfIp } from '../checks/owner/wrong-controller-instance-instead-of-ip.ts';
import { controllerBuildOrDeployFailed } from '../checks/registration/controller-build-or-deploy-failed.ts';
import { controllerIamDenied } from '../checks/registration/controller-iam-denied.ts';
import { controllerTargetCap } from '../checks/registration/controller-target-cap.ts';
import { controllerThrottled } from '../checks/registration/controller-throttled.ts';
import { controllerWebhookUnavailable } from '../checks/registration/controller-webhook-unavailable.ts';
import { deletedOutsideKubernetes } from '../checks/registration/deleted-outside-kubernetes.ts';
import { elbInternalError } from '../checks/registration/elb-internal-error.ts';
import { hybridNodesWithInstanceTargets } from '../checks/registration/hybrid-nodes-with-instance-targets.ts';
import { instanceNotRunning } from '../checks/registration/instance-not-running.ts';
import { intendedEmptyOrBlueGreen } from '../checks/registration/intended-empty-or-blue-green.ts';
import { ipFamilyMismatchLbVsTarget } from '../checks/registration/ip-family-mismatch-lb-vs-target.ts';
import { lbAzNotEnabledForTarget } from '../checks/registration/lb-az-not-enabled-for-target.ts';
import { listenerForwardsToEmptyGroup } from '../checks/registration/listener-forwards-to-empty-group.ts';
import { listenerWeightsServeNoOne } from '../checks/registration/listener-weights-serve-no-one.ts';
import { loadBalancerNotActive } from '../checks/registration/load-balancer-not-active.ts';
import { localPodsOnLeavingNodes } from '../checks/registration/local-pods-on-leaving-nodes.ts';
import { nodeBeingRemoved } from '../checks/registration/node-being-removed.ts';
import { nodeExcludedByLabel } from '../checks/registration/node-excluded-by-label.ts';
import { nodeportChangedStaleTargetGroup } from '../checks/registration/nodeport-changed-stale-target-group.ts';
import { nodeportNotAllocated } from '../checks/registration/nodeport-not-allocated.ts';
import { podEniUnresolvable } from '../checks/registration/pod-eni-unresolvable.ts';
import { quicServerIdMissing } from '../checks/registration/quic-server-id-missing.ts';
import { readyEndpointsNotRegistered } from '../checks/registration/ready-endpoints-not-registered.ts';
import { registrationInProgress } from '../checks/registration/registration-in-progress.ts';
import { registrationUnmanaged } from '../checks/registration/registration-unmanaged.ts';
import { servicePortWithoutListener } from '../checks/registration/service-port-without-listener.ts';
import { sharedTargetGroupConflict } from '../checks/registration/shared-target-group-conflict.ts';
import { staleTargetsNotDeregistered } from '../checks/registration/stale-targets-not-deregistered.ts';
import { subnetDiscoveryFailed } from '../checks/registration/subnet-discovery-failed.ts';
import { targetDraining } from '../checks/registration/target-draining.ts';
import { targetGroupNotAttached } from '../checks/registration/target-group-not-attached.ts';
import { targetIpBelongsToALoadBalancer } from '../checks/registration/target-ip-belongs-to-a-load-balancer.ts';
import { targetNodeLabelsSelectNothing } from '../checks/registration/target-node-labels-select-nothing.ts';
import { targetNotSupportedByNlb } from '../checks/registration/target-not-supported-by-nlb.ts';
import { targetOrListenerQuota } from '../checks/registration/target-or-listener-quota.ts';
import { tgbBackendReferenceBroken } from '../checks/registration/tgb-backend-reference-broken.ts';
import { zonalShiftActive } from '../checks/registration/zonal-shift-active.ts';
import { endpointslicePortNameMismatch } from '../checks/traffic-policy/endpointslice-port-name-mismatch.ts';
import { etpLocalNoLocalPod } from '../checks/traffic-policy/etp-local-no-local-pod.ts';
import { etpLocalNoReadyEndpointAnywhere } from '../checks/traffic-policy/etp-local-no-ready-endpoint-anywhere.ts';
import { etpLocalOnlyTerminatingEndpoints } from '../checks/traffic-policy/etp-local-only-terminating-endpoints.ts';
import { healthPortUnserved } from '../checks/traffic-policy/health-port-unserved.ts';
import { kubeProxyNodeNameMismatch } from '../checks/traffic-policy/kube-proxy-node-name-mismatch.ts';
import { namedTargetPortNotFound } from '../checks/traffic-policy/named-target-port-not-found.ts';
import { noEndpointBehindHealthyTargets } from '../checks/traffic-policy/no-endpoint-behind-healthy-targets.ts';
import { podConfigError } from '../checks/workload/pod-config-error.ts';
import { podCrashloop } from '../checks/workload/pod-crashloop.ts';
import { podEvictedOrNodePressure } from '../checks/workload/pod-evicted-or-node-pressure.ts';
import { podImagePullFailure } from '../checks/workload/pod-image-pull-failure.ts';
import { podInitOrStartupStuck } from '../checks/workload/pod-init-or-startup-stuck.ts';
import { podIpExhaustion } from '../checks/workload/pod-ip-exhaustion.ts';
import { podLivenessKillLoop } from '../checks/workload/pod-liveness-kill-loop.ts';
import { podOomkilled } from '../checks/workload/pod-oomkilled.ts';
import { podReadinessProbeFailing } from '../checks/workload/pod-readiness-probe-failing.ts';
import { podUnschedulable } from '../checks/workload/pod-unschedulable.ts';
import { readinessGateStuck } from '../checks/workload/readiness-gate-stuck.ts';
import { rolloutInProgress } from '../checks/workload/rollout-in-progress.ts';
import { rolloutWithoutReadinessGates } from '../checks/workload/rollout-without-readiness-gates.ts';
import { selectorLeftBehindByRollout } from '../checks/workload/selector-left-behind-by-rollout.ts';
import { serviceWithoutEndpoints } from '../checks/workload/service-without-endpoints.ts';
import { svcSelectorMatchesNoPods } from '../checks/workload/svc-selector-matches-no-pods.ts';
import { workloadPodsRefused } from '../checks/workload/workload-pods-refused.ts';
import { workloadScaledToZero } from '../checks/workload/workload-scaled-to-zero.ts';
import type { Check } from './check.ts';

/** Every check, in the order of their ids. */
export const catalogue: readonly Check[] = [
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
  healthCheckLostOnPath,
  healthPortUnserved,
  healthchecknodeportNotListening,
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
  selectorLeftBehindByRollout,
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
  targetGroupNotAttached,
  targetIpBelongsToALoadBalancer,
  targetNodeLabelsSelectNothing,
  targetNotSupportedByNlb,
  targetOrListenerQuota,
  targetSgBlocksTrafficPort,
  tgbBackendReferenceBroken,
  tgbNetworkingMissing,
  tlsEndedTwice,
  tlsListenerToClosedBackend,
  trafficPortHangsUp,
  trafficPortRefused,
  trafficPortSilent,
  unhealthyDrainingByDesign,
  workloadPodsRefused,
  workloadScaledToZero,
  wrongControllerInstanceInsteadOfIp,
  zonalShiftActive,
];
