import type { Scenario } from './scenario.ts';
import { appErrorStatus } from './scenarios/app-error-status.ts';
import { containerNotListeningOnTargetPort } from './scenarios/container-not-listening-on-target-port.ts';
import { etpLocalNoLocalPod } from './scenarios/etp-local-no-local-pod.ts';
import { etpLocalNoReadyEndpointAnywhere } from './scenarios/etp-local-no-ready-endpoint-anywhere.ts';
import { hcAnnotationInvalid } from './scenarios/hc-annotation-invalid.ts';
import { hcPathWrongStatus } from './scenarios/hc-path-wrong-status.ts';
import { hcPortWrong } from './scenarios/hc-port-wrong.ts';
import { hcSuccessCodesMismatch } from './scenarios/hc-success-codes-mismatch.ts';
import { hcThresholdsTooTight } from './scenarios/hc-thresholds-too-tight.ts';
import { hcTimeoutTooShort } from './scenarios/hc-timeout-too-short.ts';
import { healthy } from './scenarios/healthy.ts';
import { kubeProxyNodeNameMismatch } from './scenarios/kube-proxy-node-name-mismatch.ts';
import { podCrashloop } from './scenarios/pod-crashloop.ts';
import { podOomkilled } from './scenarios/pod-oomkilled.ts';
import { podReadinessProbeFailing } from './scenarios/pod-readiness-probe-failing.ts';
import { registrationInProgress } from './scenarios/registration-in-progress.ts';
import { sgTargetMissingHealthCheckRule } from './scenarios/sg-target-missing-health-check-rule.ts';
import { staleTargetsNotDeregistered } from './scenarios/stale-targets-not-deregistered.ts';
import { svcSelectorMatchesNoPods } from './scenarios/svc-selector-matches-no-pods.ts';
import { targetGroupNotAttached } from './scenarios/target-group-not-attached.ts';
import { workloadScaledToZero } from './scenarios/workload-scaled-to-zero.ts';

/** Every scenario, in the order of their ids. */
export const scenarios: readonly Scenario[] = [
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
  healthy,
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
