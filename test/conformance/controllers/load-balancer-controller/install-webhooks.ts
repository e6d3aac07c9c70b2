import { Agent, request } from 'undici';
import type { AdminClient } from '../../kubernetes/admin-client.ts';

interface Server {
  url: string;
  /** PEM. */
  ca: string;
}

/** Label of a namespace whose pods are changed by the webhook, and its path. */
const podWebhooks = [
  { name: 'mpod', path: '/mutate-v1-pod', label: 'elbv2.k8s.aws/pod-readiness-gate-inject' },
  { name: 'quicid', path: '/mutate-v1-pod-server-id', label: 'elbv2.k8s.aws/quic-server-id-inject' },
];

/**
 * Has the API server call the controller's webhooks for pods, Services and TargetGroupBindings, as its chart does: those that the
 * release has.
 */
export async function installWebhooks(admin: AdminClient, server: Server): Promise<void> {
  const { url, ca } = server;
  const caBundle = Buffer.from(ca).toString('base64');
  const webhook = (name: string, path: string, rule: object) => ({
    name: `${name}.elbv2.k8s.aws`,
    clientConfig: { url: `${url}${path}`, caBundle },
    admissionReviewVersions: ['v1'],
    failurePolicy: 'Fail',
    sideEffects: 'None',
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], ...rule }],
  });
  const bindings = {
    apiGroups: ['elbv2.k8s.aws'],
    apiVersions: ['v1beta1'],
    operations: ['CREATE', 'UPDATE'],
    resources: ['targetgroupbindings'],
  };
  const changing = [
    ...podWebhooks.map(({ name, path, label }) => ({
      ...webhook(name, path, { resources: ['pods'] }),
      namespaceSelector: { matchExpressions: [{ key: label, operator: 'In', values: ['enabled'] }] },
    })),
    webhook('mservice', '/mutate-v1-service', { resources: ['services'] }),
    webhook('mtargetgroupbinding', '/mutate-elbv2-k8s-aws-v1beta1-targetgroupbinding', bindings),
  ];
  const checking = [webhook('vtargetgroupbinding', '/validate-elbv2-k8s-aws-v1beta1-targetgroupbinding', bindings)];
  const served = await pathsServed(server, [...changing, ...checking]);
  const isServed = ({ clientConfig }: Webhook) => served.includes(clientConfig.url);
  await post(admin, 'Mutating', changing.filter(isServed));
  await post(admin, 'Validating', checking.filter(isServed));
}

interface Webhook {
  clientConfig: { url: string };
}

/** The URLs of webhooks that the controller has, whatever it answers to a request without content. */
async function pathsServed({ ca }: Server, webhooks: Webhook[]): Promise<string[]> {
  const dispatcher = new Agent({ connect: { ca } });
  const urls = webhooks.map(({ clientConfig }) => clientConfig.url);
  const statuses = await Promise.all(
    urls.map(async (url) => {
      const { statusCode, body } = await request(url, { method: 'POST', dispatcher });
      await body.dump();
      return statusCode;
    }),
  );
  await dispatcher.close();
  return urls.filter((_, index) => statuses[index] !== 404);
}

async function post(admin: AdminClient, does: 'Mutating' | 'Validating', webhooks: object[]): Promise<void> {
  const path = `/apis/admissionregistration.k8s.io/v1/${does.toLowerCase()}webhookconfigurations`;
  const { status, body } = await admin.call('POST', path, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: `${does}WebhookConfiguration`,
    metadata: { name: 'aws-load-balancer-webhook' },
    webhooks,
  });
  if (status >= 300) throw new Error(`${path}: ${status} ${body.message}`);
}
