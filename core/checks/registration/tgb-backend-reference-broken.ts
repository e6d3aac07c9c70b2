import { bindingsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { eventsAbout } from '../../kubernetes/pod.ts';
import { nameOf } from '../../kubernetes/service.ts';
import { named } from '../../model/indexed.ts';

export const tgbBackendReferenceBroken = check({
  id: 'tgb-backend-reference-broken',
  kind: 'fault',
  stage: 'registration',
  severity: 'critical',
  needsChange: true,
  title: 'The TargetGroupBinding names a Service or a port that does not exist',
  symptom: 'A TargetGroupBinding lost all its targets since its Service or port was renamed.',
  why: `A binding gets its targets from the Service and port that it refers to. When either is missing, the controller assumes that the
backend was deleted and removes every target. It is enough that the Service was created again with another port name.`,
  proof:
    'The serviceRef of the binding that fills this target group names no Service of its namespace, or a port that the Service does not have.',
  nearMisses: [
    'If the port exists but no pod answers on it, check the targetPort, selector and pods of the Service.',
    'If the reference is correct, the target group is empty for another reason.',
  ],
  decidedBy: 'the event BackendNotFound of the binding',
  fix: [
    {
      text: 'Refer to the Service and one of its ports, by number or by name.',
      change: {
        patch: { spec: { serviceRef: { name: '{backend}', port: '{port#}' } } },
        type: 'merge',
        on: { object: 'targetgroupbinding {binding}', in: '{namespace}' },
      },
      disturbs: { nothing: 'the binding has no backend now.' },
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/',
  ],
  masks: ['ready-endpoints-not-registered', 'stale-targets-not-deregistered', 'controller-build-or-deploy-failed'],
  needs: ['targetGroupBindings', 'services'],
  optional: ['events'],

  run(group, { targetGroupBindings, services, events }) {
    return bindingsOf(group, targetGroupBindings).flatMap((binding) => {
      const { namespace, name } = binding.metadata;
      const { serviceRef } = binding.spec;
      const service = named(services, namespace, serviceRef.name);
      const ports = service?.spec.ports ?? [];
      if (ports.some((port) => port.port === serviceRef.port || port.name === serviceRef.port)) return [];
      const event = eventsAbout(events ?? [], 'TargetGroupBinding', binding).find(
        ({ reason }) => reason === 'BackendNotFound',
      );
      const reference = `${nameOf(binding)} refers to ${serviceRef.name}:${serviceRef.port}`;
      const offered = ports.map((port) =>
        port.name === undefined ? String(port.port) : `${port.name} (${port.port})`,
      );
      return [
        {
          saw: `${reference}, and ${service === undefined ? 'there is no such Service' : `the Service has only ${offered.join(', ')}`}${event ? `; event BackendNotFound: ${event.note}` : ''}`,
          expected: 'a Service of the namespace and one of its ports',
          confidence: 'confirmed' as const,
          values: {
            binding: name,
            ...(service && ports[0] && { backend: service.metadata.name, port: ports[0].port }),
          },
        },
      ];
    });
  },
});
