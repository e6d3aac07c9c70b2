import { existsSync } from 'node:fs';
import { builtAt, kubeletProber } from '../../../scripts/conformance/go-builds.ts';
import type { Engine } from '../engine.ts';

/** The prober of the kubelet (k8s.io/kubernetes/pkg/kubelet/prober). */
export function findEngine(): Engine<{ prober: string }> {
  const prober = builtAt(kubeletProber);
  if (existsSync(prober)) return { found: true, prober, version: kubeletProber.version };
  const remedy = 'Install Go and run node scripts/conformance/build-go.ts kubelet';
  return { found: false, why: `there is no ${prober}`, remedy };
}
