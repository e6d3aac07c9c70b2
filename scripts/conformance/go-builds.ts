import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';

/** One program that is built from the Go module that holds it. */
export interface Build {
  /** Of the file in the cache, before the version. */
  name: string;
  version: string;
  /** Module of which `version` is the version, and the package in it that is the program. */
  module: string;
  program: string;
  /** Folder of a program of this repository that imports the module; `program` is then the current package. */
  source?: URL;
}

const kubernetes = (name: string, version: string): Build => ({
  name,
  version,
  module: 'k8s.io/kubernetes',
  program: `k8s.io/kubernetes/cmd/${name}`,
});

/** The oldest and the newest API server that EKS runs, and the etcd of both. */
export const oldestApiServer = kubernetes('kube-apiserver', '1.31.0');
export const newestApiServer = kubernetes('kube-apiserver', '1.35.4');
export const etcd: Build = {
  name: 'etcd',
  version: '3.6.16',
  module: 'go.etcd.io/etcd/server/v3',
  program: 'go.etcd.io/etcd/server/v3',
};

/** Makes EndpointSlices of pods, as in every cluster. */
export const controllerManager = kubernetes('kube-controller-manager', '1.35.4');

/** The health servers of kube-proxy without the rest of it, which needs privileges. */
export const kubeProxyHealth: Build = {
  ...kubernetes('kube-proxy-health', '1.35.4'),
  program: '.',
  source: new URL('../../test/conformance/kube-proxy/', import.meta.url),
};

/** The prober of the kubelet without the rest of it, which needs a container runtime. */
export const kubeletProber: Build = {
  ...kubernetes('kubelet-prober', '1.35.4'),
  program: '.',
  source: new URL('../../test/conformance/kubelet/', import.meta.url),
};

/** The controller of Services that the AWS Load Balancer Controller does not take; needs 3 to 5 minutes to build. */
export const cloudProvider: Build = {
  name: 'aws-cloud-controller-manager',
  version: '1.36.2',
  module: 'k8s.io/cloud-provider-aws',
  program: 'k8s.io/cloud-provider-aws/cmd/aws-cloud-controller-manager',
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
  'kube-controller-manager': [etcd, newestApiServer, controllerManager],
  'kube-proxy': [etcd, newestApiServer, kubeProxyHealth],
  kubelet: [kubeletProber],
  controllers: [etcd, newestApiServer, controllerManager, cloudProvider],
};

/** Where the program lies once it is built. */
export const builtAt = ({ name, version }: Build): string => join(cacheFolder(), `${name}-${version}`);
