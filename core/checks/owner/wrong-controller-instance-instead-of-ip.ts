import { annotationPrefix } from '../../controllers/annotation-prefix.ts';
import { isEmpty } from '../../controllers/node-selection.ts';
import { check } from '../../diagnosis/check.ts';
import { isFargateNode } from '../../kubernetes/node.ts';
import { isLocal, podsOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import { isAllHealthy } from '../../model/target-group-context.ts';

export const wrongControllerInstanceInsteadOfIp = check({
  id: 'wrong-controller-instance-instead-of-ip',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'owner',
  severity: 'high',
  title: 'The Service requests ip targets from a controller that supports only instances',
  symptom: 'The manifest requests ip targets, and nodes are registered.',
  why: `With the type nlb and no class a Service belongs to cloud-provider-aws, which ignores the target type: it registers nodes on their
NodePorts. Settings meant for pods, above all a container port as health check port, then point to ports that no node has.`,
  proof: `The annotation for the target type says ip, the tags of the target group are those of cloud-provider-aws, its targets are
instances, and the health check goes to a port of the pods that is no NodePort; or every pod runs on Fargate, and either no node is
registered or the policy is Local.`,
  nearMisses: [
    'If the health check goes to a NodePort, it works for instances: the annotation is then a risk, not the cause.',
    'Under the policy Cluster, nodes on EC2 also forward to pods on Fargate: if they fail, the cause is another one.',
    'With the type external or the class service.k8s.aws/nlb the AWS Load Balancer Controller manages the Service and supports ip targets.',
  ],
  decidedBy: 'which kind of target is intended: the port and path of the health check show it',
  fix: [
    {
      text: 'Create the Service again for the AWS Load Balancer Controller: delete it and apply it with the class service.k8s.aws/nlb and without the type annotation. The new load balancer has another DNS name. Changing the annotation in place leaves the old one behind.',
      look: { kubectl: 'get service {service} --output yaml', in: '{namespace}' },
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2165',
  ],
  masks: ['hc-port-wrong', 'fargate-with-instance-targets', 'hc-setting-not-honoured-by-controller'],
  needs: ['services'],
  optional: ['pods', 'nodes'],
  applies: ({ targetGroup, owner }) =>
    targetGroup.targetType === 'instance' && owner?.controller === 'cloud-provider-aws',

  run(group, { services, pods, nodes }) {
    const service = serviceOf(group, services);
    if (service?.metadata.annotations[`${annotationPrefix}nlb-target-type`] !== 'ip') return [];
    const type = service.metadata.annotations[`${annotationPrefix}type`];
    const saw = `nlb-target-type: ip with type: ${type ?? '(none)'}; cloud-provider-aws created a target group of instances`;
    const expected = 'a target group of pod addresses, created by the AWS Load Balancer Controller';
    if (isAllHealthy(group.targets)) return [{ saw, expected, confidence: 'confirmed' }];

    const nodePorts = new Set(service.spec.ports.map(({ nodePort }) => nodePort));
    const own = podsOf(service, pods ?? []);
    const podPorts = own.flatMap(({ spec }) =>
      spec.containers.flatMap(({ ports }) => ports.map((port) => port.containerPort)),
    );
    const targetPort = servicePortOf(group, service)?.targetPort;
    const fargate = new Set((nodes ?? []).filter(isFargateNode).map(({ metadata }) => metadata.name));
    const onFargate = own.length > 0 && own.every(({ spec }) => fargate.has(spec.nodeName ?? ''));
    if (isEmpty(group))
      return onFargate ? [{ saw: `${saw}; all pods run on Fargate`, expected, confidence: 'confirmed' }] : [];
    const isStranded = onFargate && isLocal(group, service);
    return group.failing.flatMap((target) => {
      const { healthCheckPort } = target;
      const isPodPort = healthCheckPort === targetPort || podPorts.includes(healthCheckPort);
      const missesNode =
        isPodPort && !nodePorts.has(healthCheckPort) && healthCheckPort !== service.spec.healthCheckNodePort;
      if (!missesNode && !isStranded) return [];
      const because = missesNode
        ? `the health check goes to port ${healthCheckPort} of the node, a port of the pods`
        : 'all pods run on Fargate, and the policy is Local';
      return [{ target, saw: `${saw}; ${because}`, expected, confidence: 'confirmed' as const }];
    });
  },
});
