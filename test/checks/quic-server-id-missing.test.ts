import { quicServerIdMissing } from '../../core/checks/registration/quic-server-id-missing.ts';
import type { Facts } from '../../core/model/facts.ts';
import { unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { controller, empty, ip } from './controller-case.ts';

const annotation = 'service.beta.kubernetes.io/aws-load-balancer-quic-enabled-containers';
const quic = (make: () => Facts) =>
  given(make, ({ slices }) => {
    for (const group of slices.targetGroups) group.protocol = 'QUIC';
  });
const equip = (make: () => Facts, variable: string, annotations: Record<string, string> = { [annotation]: 'app' }) =>
  given(make, ({ slices }) => {
    for (const { metadata, spec } of slices.pods) {
      metadata.annotations = annotations;
      for (const { env } of spec.containers) env.push({ name: variable, value: 'AAAAAAAAAAA=' });
    }
  });
const named = (make: () => Facts, flag: string) =>
  given(make, ({ slices }) => {
    const own = controller(2);
    own.spec.template.containers = [
      {
        name: 'controller',
        image: 'aws-load-balancer-controller:v3.5.0',
        command: [],
        args: [flag],
        env: [],
        ports: [],
      },
    ];
    slices.workloads.push(own);
  });

testCheck(quicServerIdMissing, {
  found: [
    {
      name: 'pods without the annotation',
      facts: quic(empty),
      targets: [],
      confidence: 'confirmed',
      saw: `2 ready pods, and none is registered: shop/web-1 lacks the annotation ${annotation}`,
    },
    {
      name: 'an annotation that was added to running pods',
      facts: given(quic(empty), ({ slices }) => {
        for (const { metadata } of slices.pods) metadata.annotations[annotation] = 'app';
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'shop/web-1 lacks the variable AWS_LBC_QUIC_SERVER_ID',
    },
    {
      name: 'an id in another variable than the one that the controller reads',
      facts: named(equip(quic(empty), 'AWS_LBC_QUIC_SERVER_ID'), '--quic-environment-variable-name=SERVER_ID'),
      targets: [],
      confidence: 'confirmed',
      saw: 'lacks the variable SERVER_ID',
    },
  ],
  ruledOut: [
    { name: 'pods that have an id', facts: equip(quic(empty), 'AWS_LBC_QUIC_SERVER_ID') },
    {
      name: 'pods that have an id in the variable of the controller’s flag',
      facts: named(equip(quic(empty), 'SERVER_ID'), '--quic-environment-variable-name=SERVER_ID'),
    },
    { name: 'an empty group of another protocol', facts: empty },
    { name: 'targets that are registered', facts: quic(ip) },
    {
      name: 'pods that are not ready',
      facts: given(quic(empty), (facts) => {
        unready(facts, 'web-1');
        unready(facts, 'web-2');
      }),
    },
  ],
});
