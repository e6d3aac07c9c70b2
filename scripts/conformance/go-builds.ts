import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';

/** One program that is built from the Go module that holds it. */
export interface Build {
  /** `kube-apiserver`, `etcd` or `actionlint`. */
  name: string;
  version: string;
  /** Module of which `version` is the version, and the package in it that is the program. */
  module: string;
  program: string;
}

const apiServer = (version: string): Build => ({
  name: 'kube-apiserver',
  version,
  module: 'k8s.io/kubernetes',
  program: 'k8s.io/kubernetes/cmd/kube-apiserver',
});

/** The oldest and the newest API server that EKS runs, and the etcd of both. */
export const oldestApiServer = apiServer('1.31.0');
export const newestApiServer = apiServer('1.35.4');
export const etcd: Build = {
  name: 'etcd',
  version: '3.6.16',
  module: 'go.etcd.io/etcd/server/v3',
  program: 'go.etcd.io/etcd/server/v3',
};

/** Reads workflows of GitHub as GitHub does. */
export const actionlint: Build = {
  name: 'actionlint',
  version: '1.7.12',
  module: 'github.com/rhysd/actionlint',
  program: 'github.com/rhysd/actionlint/cmd/actionlint',
};

/** What has to be built for an engine. */
export const goBuilds: Record<string, readonly Build[]> = {
  'kube-apiserver': [etcd, newestApiServer, oldestApiServer],
  actionlint: [actionlint],
};

/** Where the program lies once it is built. */
export const builtAt = ({ name, version }: Build): string => join(cacheFolder(), `${name}-${version}`);
