import type { ControlPlane } from '../kubernetes/control-plane.ts';
import { freePorts } from '../kubernetes/free-ports.ts';
import { type Program, run } from '../kubernetes/program.ts';

/** A kubeconfig of the administrator, as JSON. */
export const adminKubeconfig = ({ endpoint, certificateAuthority, token }: ControlPlane): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'shop',
    clusters: [{ name: 'shop', cluster: { server: endpoint, 'certificate-authority-data': certificateAuthority } }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'shop', context: { cluster: 'shop', user: 'admin' } }],
  });

/** Starts kube-controller-manager with nothing but the controller that makes EndpointSlices. */
export async function startControllerManager(program: string, kubeconfig: string): Promise<Program> {
  const [port] = await freePorts(1);
  return run(program, {
    kubeconfig,
    controllers: 'endpointslice-controller',
    'leader-elect': 'false',
    'bind-address': '127.0.0.1',
    'secure-port': `${port}`,
  });
}
