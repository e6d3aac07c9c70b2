import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { builtAt, controllerManager, newestApiServer } from '../../../scripts/conformance/go-builds.ts';
import type { Engine } from '../engine.ts';
import { findApiServer, type Programs } from '../kubernetes/find-api-server.ts';

/** The controllers of Kubernetes itself, of which that of EndpointSlices is run, with the API server that they work on. */
export function findEngine(): Engine<Programs & { controllerManager: string }> {
  const apiServer = findApiServer(newestApiServer, process.env['KUBEBUILDER_ASSETS']);
  if (!apiServer.found) return apiServer;
  const program = builtAt(controllerManager);
  if (!existsSync(program)) {
    const remedy = 'Install Go and run node scripts/conformance/build-go.ts kube-controller-manager';
    return { found: false, why: `there is no ${program}`, remedy };
  }
  const version = /\d+\.\d+\.\d+/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout)?.[0] ?? '';
  return { ...apiServer, controllerManager: program, version };
}
