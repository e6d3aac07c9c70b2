import { existsSync } from 'node:fs';
import { builtAt, kubeProxyHealth, newestApiServer } from '../../../scripts/conformance/go-builds.ts';
import type { Engine } from '../engine.ts';
import { findApiServer, type Programs } from '../kubernetes/find-api-server.ts';

/** The health servers of kube-proxy (k8s.io/kubernetes/pkg/proxy/healthcheck), with the API server from which they read the node. */
export function findEngine(): Engine<Programs & { healthServers: string }> {
  const apiServer = findApiServer(newestApiServer, process.env['KUBEBUILDER_ASSETS']);
  if (!apiServer.found) return apiServer;
  const program = builtAt(kubeProxyHealth);
  if (existsSync(program)) return { ...apiServer, healthServers: program, version: kubeProxyHealth.version };
  const remedy = 'Install Go and run node scripts/conformance/build-go.ts kube-proxy';
  return { found: false, why: `there is no ${program}`, remedy };
}
