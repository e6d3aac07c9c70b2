import { dirname } from 'node:path';
import { issueForLoopback } from '../../../../lab/wire/certificates.ts';
import { freePorts } from '../../kubernetes/free-ports.ts';
import { run } from '../../kubernetes/program.ts';
import type { Controller, Place } from '../live-cluster.ts';
import { installKinds } from './install-kinds.ts';
import { installWebhooks } from './install-webhooks.ts';
import { untilQuiet } from './quiet.ts';

/** Starts the AWS Load Balancer Controller with its webhooks, in a cluster that has the kinds that it knows. */
export const startController =
  (program: string) =>
  async ({ plane, kubeconfig, world, env, write }: Place): Promise<Controller> => {
    await installKinds(plane.admin);
    const { ca, server } = await issueForLoopback('webhook-ca');
    const [webhooks, metrics, health] = await freePorts(3);
    write('tls.crt', server.cert);
    const certificates = dirname(write('tls.key', server.key));
    const controller = run(
      program,
      {
        kubeconfig,
        'cluster-name': 'shop',
        'aws-region': world.region,
        'aws-vpc-id': world.vpcs[0]?.id ?? '',
        'enable-leader-election': 'false',
        // By default only since 3.0.
        'enable-endpoint-slices': 'true',
        // Releases before 2.13 do not read the environment.
        'aws-api-endpoints': endpoints(env['AWS_ENDPOINT_URL'] ?? ''),
        'webhook-cert-dir': certificates,
        'webhook-bind-port': `${webhooks}`,
        'metrics-bind-addr': `127.0.0.1:${metrics}`,
        'health-probe-bind-addr': `127.0.0.1:${health}`,
        // Of Application Load Balancers only.
        'enable-shield': 'false',
        'enable-waf': 'false',
        'enable-wafv2': 'false',
      },
      env,
    );
    await controller.until(() => isReady(`http://127.0.0.1:${health}`));
    await installWebhooks(plane.admin, { url: `https://127.0.0.1:${webhooks}`, ca });
    return {
      ...controller,
      async after(_, work) {
        await work();
        await untilQuiet(controller, `http://127.0.0.1:${metrics}/metrics`);
      },
    };
  };

const endpoints = (url: string): string =>
  ['ec2', 'elasticloadbalancing', 'sts'].map((service) => `${service}=${url}`).join(',');

/** Older releases answer only whether they are alive. */
async function isReady(url: string): Promise<boolean> {
  const { ok, status } = await fetch(`${url}/readyz`);
  return ok || (status === 404 && (await fetch(`${url}/healthz`)).ok);
}
