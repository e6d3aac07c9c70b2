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
    await controller.until(async () => (await fetch(`http://127.0.0.1:${health}/readyz`)).ok);
    await installWebhooks(plane.admin, { url: `https://127.0.0.1:${webhooks}`, ca });
    return {
      ...controller,
      async after(_, work) {
        await work();
        await untilQuiet(controller, `http://127.0.0.1:${metrics}/metrics`);
      },
    };
  };
