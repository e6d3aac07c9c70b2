import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Build, builtAt, etcd } from '../../../scripts/conformance/go-builds.ts';
import type { Engine } from '../engine.ts';

/** Paths of the programs of a control plane. */
export interface Programs {
  apiServer: string;
  etcd: string;
}

/** A built API server with etcd; those in `KUBEBUILDER_ASSETS` when `assets` names that folder. */
export function findApiServer(build: Build, assets?: string): Engine<Programs> {
  const programs = assets
    ? { apiServer: join(assets, 'kube-apiserver'), etcd: join(assets, 'etcd') }
    : { apiServer: builtAt(build), etcd: builtAt(etcd) };
  const missing = Object.values(programs).find((path) => !existsSync(path));
  if (missing !== undefined) {
    const remedy = 'Install Go and run node scripts/conformance/build-go.ts kube-apiserver, or set KUBEBUILDER_ASSETS';
    return { found: false, why: `there is no ${missing}`, remedy };
  }
  const [version, etcdVersion] = [programs.apiServer, programs.etcd].map(
    (program) => /\d+\.\d+\.\d+/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout)?.[0],
  );
  return { found: true, version: `${version} (etcd ${etcdVersion})`, ...programs };
}
