import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Engine } from '../engine.ts';
import type { Programs } from '../kubernetes/find-api-server.ts';
import { findEngine as findControllerManager } from './kube-controller-manager.ts';
import { findEngine as findMoto } from './moto.ts';

/** Paths of the programs of a cluster whose load balancers the AWS Load Balancer Controller makes. */
export interface LoadBalancerControllerPrograms extends Programs {
  loadBalancerController: string;
  controllerManager: string;
}

const variable = 'AWS_LOAD_BALANCER_CONTROLLER';

/** The AWS Load Balancer Controller at the path that the environment names: it is published as an image, not as a Go module. */
export function findEngine(): Engine<LoadBalancerControllerPrograms> {
  const moto = findMoto();
  if (!moto.found) return moto;
  const manager = findControllerManager();
  if (!manager.found) return manager;
  const program = process.env[variable];
  const remedy = `Set ${variable} to the path of the controller (/controller in its image)`;
  if (program === undefined) return { found: false, why: `${variable} is not set`, remedy };
  if (!existsSync(program)) return { found: false, why: `there is no ${program}`, remedy };
  const own = versionOf(program);
  if (own === undefined) return { found: false, why: `${program} does not state its version when it starts`, remedy };
  const version = `${own}, kube-controller-manager ${manager.version}, moto ${moto.version}`;
  return { ...manager, loadBalancerController: program, version };
}

/** It states its version before it finds that it was not given the name of a cluster. */
function versionOf(program: string): string | undefined {
  const { stderr } = spawnSync(program, { encoding: 'utf8', timeout: 10_000 });
  return /"GitVersion":\s*"v?([^"]+)"/.exec(stderr)?.[1];
}
