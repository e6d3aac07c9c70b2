import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Pod, PodCondition } from '../../../lab/world/kubernetes-object.ts';

/** What the kubelet's prober reported and decided of a pod. */
export interface ProbeReport {
  /** In the order in which they came; `null` = none. */
  Events: { Type: string; Reason: string; Message: string }[] | null;
  Ready: boolean;
  Started: boolean;
  /** Ready and ContainersReady. */
  Conditions: PodCondition[];
}

/** Runs it on the pods until all are decided on, at most for so many seconds; the reports in the order of the pods. */
export async function runProber(program: string, pods: Pod[], seconds: number): Promise<ProbeReport[]> {
  const child = spawn(program, [`${seconds}`], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.end(JSON.stringify(pods));
  return JSON.parse(await text(child.stdout));
}
