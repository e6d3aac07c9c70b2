import type { Check } from './check.ts';
import { appErrorStatus } from './checks/app-error-status.ts';
import { containerNotListeningOnTargetPort } from './checks/container-not-listening-on-target-port.ts';
import { etpLocalNoLocalPod } from './checks/etp-local-no-local-pod.ts';
import { etpLocalNoReadyEndpointAnywhere } from './checks/etp-local-no-ready-endpoint-anywhere.ts';
import { hcAnnotationInvalid } from './checks/hc-annotation-invalid.ts';
import { hcPathWrongStatus } from './checks/hc-path-wrong-status.ts';
import { hcPortWrong } from './checks/hc-port-wrong.ts';
import { hcSuccessCodesMismatch } from './checks/hc-success-codes-mismatch.ts';
import { hcThresholdsTooTight } from './checks/hc-thresholds-too-tight.ts';
import { hcTimeoutTooShort } from './checks/hc-timeout-too-short.ts';
import { kubeProxyNodeNameMismatch } from './checks/kube-proxy-node-name-mismatch.ts';
import { podCrashloop } from './checks/pod-crashloop.ts';
import { podOomkilled } from './checks/pod-oomkilled.ts';
import { podReadinessProbeFailing } from './checks/pod-readiness-probe-failing.ts';
import { registrationInProgress } from './checks/registration-in-progress.ts';
import { sgTargetMissingHealthCheckRule } from './checks/sg-target-missing-health-check-rule.ts';
import { staleTargetsNotDeregistered } from './checks/stale-targets-not-deregistered.ts';
import { svcSelectorMatchesNoPods } from './checks/svc-selector-matches-no-pods.ts';
import { targetGroupNotAttached } from './checks/target-group-not-attached.ts';
import { workloadScaledToZero } from './checks/workload-scaled-to-zero.ts';

/** Every check, in the order of their ids. */
export const catalogue: readonly Check[] = [
  appErrorStatus,
  containerNotListeningOnTargetPort,
  etpLocalNoLocalPod,
  etpLocalNoReadyEndpointAnywhere,
  hcAnnotationInvalid,
  hcPathWrongStatus,
  hcPortWrong,
  hcSuccessCodesMismatch,
  hcThresholdsTooTight,
  hcTimeoutTooShort,
  kubeProxyNodeNameMismatch,
  podCrashloop,
  podOomkilled,
  podReadinessProbeFailing,
  registrationInProgress,
  sgTargetMissingHealthCheckRule,
  staleTargetsNotDeregistered,
  svcSelectorMatchesNoPods,
  targetGroupNotAttached,
  workloadScaledToZero,
];
