import { existsSync } from 'node:fs';
import { builtAt, cloudProvider } from '../../../scripts/conformance/go-builds.ts';
import type { Engine } from '../engine.ts';
import type { Programs } from '../kubernetes/find-api-server.ts';
import { findEngine as findControllerManager } from './kube-controller-manager.ts';
import { findEngine as findMoto } from './moto.ts';

/** Paths of the programs of a cluster whose load balancers cloud-provider-aws makes. */
export interface ControllerPrograms extends Programs {
  cloudProvider: string;
  controllerManager: string;
}

/** cloud-provider-aws, with kube-controller-manager, the API server and moto, on which it works. */
export function findEngine(): Engine<ControllerPrograms> {
  const moto = findMoto();
  if (!moto.found) return moto;
  const manager = findControllerManager();
  if (!manager.found) return manager;
  const program = builtAt(cloudProvider);
  if (!existsSync(program)) {
    const remedy = 'Install Go and run node scripts/conformance/build-go.ts controllers';
    return { found: false, why: `there is no ${program}`, remedy };
  }
  const version = `cloud-provider-aws ${cloudProvider.version}, kube-controller-manager ${manager.version}, moto ${moto.version}`;
  return { ...manager, cloudProvider: program, version };
}
