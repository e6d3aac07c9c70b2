import { isChosen, isEmpty, nodeChoiceOf } from '../../controllers/node-selection.ts';
import { check } from '../../diagnosis/check.ts';
import { exclusionOf, isFargateNode, isIncluded, isStaying } from '../../kubernetes/node.ts';
import { endpointsOf, isLocal, isReady, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import { areAll } from '../../model/indexed.ts';

export const nodeExcludedByLabel = check({
  id: 'node-excluded-by-label',
  kind: 'fault',
  stage: 'registration',
  severity: 'critical',
  needsChange: true,
  title: 'A label excludes the nodes that should serve from every load balancer',
  symptom: 'Nodes that should be targets are not, or the target group is empty.',
  why: `Controllers skip nodes that have a certain label. For the AWS Load Balancer Controller the label counts with any value, even
"false". If all nodes that could serve have it, the target group stays empty; under the policy Local it is enough that the nodes
with pods have it.`,
  proof: `The target type is instance, and every node that could be a target has an excluding label; or the policy is Local and every node with
a ready endpoint has one.`,
  nearMisses: [
    'Nodes for the control plane or for system pods may be excluded on purpose while others serve.',
    'Karpenter adds the label, with its own name as the value, to nodes that it terminates: `node-being-removed`.',
    'Fargate nodes are never registered, label or not.',
    'cloud-provider-aws reads the value "false" as not excluded.',
  ],
  decidedBy: 'who set the label: the template of the node group, a script or a person',
  fix: [
    {
      text: 'Remove the label from each of these nodes, and from the template of the node group, so that new nodes do not get it.',
      change: { label: { '{label}': null }, on: { object: 'node {node}' } },
      disturbs: 'The node becomes a target of every load balancer of the cluster that has instance targets.',
    },
  ],
  links: [
    'https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-exclude-from-external-load-balancers',
  ],
  masks: ['ready-endpoints-not-registered'],
  needs: ['services', 'nodes', 'endpointSlices'],
  optional: ['targetGroupBindings'],
  applies: ({ targetGroup, owner }) => targetGroup.targetType === 'instance' && owner !== undefined,

  run(group, { services, nodes, endpointSlices, targetGroupBindings }) {
    const service = serviceOf(group, services);
    if (service === undefined || group.owner === undefined) return undefined;
    const { controller } = group.owner;
    if (areAll(nodes, isIncluded)) return [];
    const choice = nodeChoiceOf(group, service, targetGroupBindings);
    const staying = nodes.filter(isStaying);
    const eligible = staying.filter((node) => !isFargateNode(node) && isChosen(node, choice));
    const busy = new Set(
      endpointsOf(service, servicePortOf(group, service), endpointSlices)
        .filter(isReady)
        .map(({ nodeName }) => nodeName),
    );
    const should =
      isLocal(group, service) && busy.size > 0 ? staying.filter(({ metadata }) => busy.has(metadata.name)) : eligible;
    const excluded = should.flatMap((node) => {
      const label = exclusionOf(node, controller);
      return label === undefined ? [] : [{ name: node.metadata.name, label, value: node.metadata.labels[label] }];
    });
    const [first] = excluded;
    if (first === undefined || excluded.length < should.length) return [];
    const evidence = {
      saw: `${excluded.map(({ name, label, value }) => `${name}: ${label}="${value}"`).join(', ')}`,
      expected: 'nodes that may be registered where the pods are',
      confidence: 'confirmed' as const,
      values: { node: first.name, label: first.label },
    };
    if (isEmpty(group)) return [evidence];
    return isLocal(group, service) ? group.failing.map((target) => ({ target, ...evidence })) : [];
  },
});
