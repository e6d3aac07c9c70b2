import { tgbBackendReferenceBroken } from '../../core/checks/registration/tgb-backend-reference-broken.ts';
import type { TargetGroupBinding } from '../../core/model/kubernetes.ts';
import { given, testCheck } from './check-tester.ts';
import { empty, handMade, saying } from './controller-case.ts';

const bound = (serviceRef: TargetGroupBinding['spec']['serviceRef']) =>
  given(empty, ({ slices }) => {
    slices.targetGroupBindings = [handMade({ serviceRef })];
  });

testCheck(tgbBackendReferenceBroken, {
  found: [
    {
      name: 'a port name that the Service does not have',
      facts: saying(bound({ name: 'web', port: 'http' }), {
        kind: 'TargetGroupBinding',
        name: 'by-hand',
        reason: 'BackendNotFound',
        note: 'backend not found: unable to find port http on service shop/web',
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /shop\/by-hand refers to web:http, and the Service has only 80; event BackendNotFound/,
    },
    {
      name: 'a Service that is not there',
      facts: bound({ name: 'wbe', port: 80 }),
      targets: [],
      confidence: 'confirmed',
      saw: 'shop/by-hand refers to wbe:80, and there is no such Service',
    },
  ],
  ruledOut: [
    { name: 'a reference that is sound', facts: bound({ name: 'web', port: 80 }) },
    {
      name: 'a port by its name',
      facts: given(bound({ name: 'web', port: 'http' }), ({ slices }) => {
        for (const { spec } of slices.services) for (const port of spec.ports) port.name = 'http';
      }),
    },
    {
      name: 'the broken binding of another target group',
      facts: given(empty, ({ slices }) => {
        const arn = slices.targetGroups[0]?.arn.replace('k8s-shop-web', 'k8s-shop-api') ?? '';
        slices.targetGroupBindings = [handMade({ targetGroupARN: arn, serviceRef: { name: 'api', port: 80 } })];
      }),
    },
  ],
});
