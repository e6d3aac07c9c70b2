import type { AdminClient } from '../../../kubernetes/admin-client.ts';

const labels = {
  gates: 'elbv2.k8s.aws/pod-readiness-gate-inject',
  'server-ids': 'elbv2.k8s.aws/quic-server-id-inject',
};

/** Makes the pods again in a namespace that asks the webhooks for something, or no longer, as a rollout does. */
export async function restartPods(
  admin: AdminClient,
  injected: keyof typeof labels = 'gates',
  value: string | null,
): Promise<void> {
  await call(admin, 'PATCH', '/api/v1/namespaces/live', { metadata: { labels: { [labels[injected]]: value } } });
  const path = '/api/v1/namespaces/live/pods';
  const { body } = await admin.call('GET', `${path}?labelSelector=app%3Dweb`);
  for (const { metadata, spec, status } of body.items) {
    await call(admin, 'DELETE', `${path}/${metadata.name}?gracePeriodSeconds=0`);
    const { readinessGates: _gates, ...own } = spec;
    for (const container of own.containers)
      container.env = (container.env ?? []).filter((each: { name: string }) => each.name !== 'AWS_LBC_QUIC_SERVER_ID');
    const annotations = {
      'service.beta.kubernetes.io/aws-load-balancer-quic-enabled-containers': own.containers[0].name,
    };
    const made = await call(admin, 'POST', path, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: metadata.name, namespace: 'live', labels: metadata.labels, annotations },
      spec: own,
    });
    const isGated = (made.spec.readinessGates ?? []).length > 0;
    // As the kubelet would write it.
    const conditions = status.conditions
      .filter(({ type }: { type: string }) => !type.startsWith('target-health.'))
      .map((each: { type: string }) =>
        each.type === 'Ready' ? { ...each, status: isGated ? 'False' : 'True' } : each,
      );
    await call(admin, 'PUT', `${path}/${metadata.name}/status`, { ...made, status: { ...status, conditions } });
  }
}

async function call(admin: AdminClient, method: Parameters<AdminClient['call']>[0], path: string, content?: object) {
  const { status, body } = await admin.call(method, path, content);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${body.message}`);
  return body;
}
