import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { builtAt, cloudProvider, controllerManager, newestApiServer } from '../../../scripts/conformance/go-builds.ts';
import type { Engine } from '../engine.ts';
import { findApiServer, type Programs } from '../kubernetes/find-api-server.ts';
import { findEngine as findMoto } from './moto.ts';

/** Paths of the programs of a cluster whose load balancers cloud-provider-aws makes. */
export interface ControllerPrograms extends Programs {
  cloudProvider: string;
  controllerManager: string;
}

/** cloud-provider-aws and kube-controller-manager, with the API server and moto that they work on. */
export function findEngine(): Engine<ControllerPrograms> {
  const moto = findMoto();
  if (!moto.found) return moto;
  const apiServer = findApiServer(newestApiServer, process.env['KUBEBUILDER_ASSETS']);
  if (!apiServer.found) return apiServer;
  const programs = { cloudProvider: builtAt(cloudProvider), controllerManager: builtAt(controllerManager) };
  const missing = Object.values(programs).find((path) => !existsSync(path));
  if (missing !== undefined) {
    const remedy = 'Install Go and run node scripts/conformance/build-go.ts controllers';
    return { found: false, why: `there is no ${missing}`, remedy };
  }
  const version = [
    `cloud-provider-aws ${cloudProvider.version}`,
    `kube-controller-manager ${versionOf(programs.controllerManager)}`,
    `kube-apiserver ${apiServer.version}`,
    `moto ${moto.version}`,
  ].join(', ');
  return { ...apiServer, ...programs, version };
}

const versionOf = (program: string): string | undefined =>
  /\d+\.\d+\.\d+/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout)?.[0];
