import { serviceOf } from '../../kubernetes/service.ts';
import type { Filling } from '../../model/check-result.ts';
import type { Change, ObjectName, Template } from '../../model/fix.ts';
import type { Service, Workload } from '../../model/kubernetes.ts';
import { awsReversal } from './aws-reversal.ts';
import { isRolledOut } from './consequences.ts';
import { type Former, formerValues, plainly, type Scene } from './former.ts';
import { byAnnotation } from './set-health-check.ts';

/** The change that restores what Facts show now, with the values of its own placeholders. */
export interface Reversal {
  change: Change;
  values: Record<string, Filling>;
}

/** How to take a change back; undefined where Facts do not show what was there. */
export function reversalOf(change: Change, scene: Scene): Reversal | undefined {
  const former = formerValues();
  const back = reverse(change, scene, former);
  return back && { change: back, values: former.values };
}

function reverse(change: Change, scene: Scene, former: Former): Change | undefined {
  const { group, facts, values } = scene;
  const service = serviceOf(group, facts.slices.services);
  if ('aws' in change) return awsReversal(change, scene, former);
  if ('env' in change) return reverseEnv(change, workloadNamed(change.on.object, change.on.in, scene), former);
  if ('scale' in change) {
    const workload = workloadNamed(change.on.object, change.on.in, scene);
    return workload && { ...change, scale: workload.spec.replicas };
  }
  if ('run' in change) return change.back === undefined ? undefined : { run: change.back };
  if ('patch' in change && change.on !== undefined && isRolledOut(change.on)) return rollBack(change.on);
  if ('label' in change) return reverseLabel(change, scene, former);
  if ('debugNode' in change)
    return { remove: { object: 'pods', selector: 'app.kubernetes.io/managed-by=kubectl-debug' } };
  if (service === undefined || ('on' in change && change.on !== undefined)) return undefined;
  if ('healthCheck' in change || 'annotate' in change) {
    const set = 'healthCheck' in change ? (change.annotate ?? byAnnotation(change.healthCheck)) : change.annotate;
    const names = Object.keys(set).map((name) => plainly(name, values));
    return {
      annotate: Object.fromEntries(names.map((name) => [name, was(service.metadata.annotations[name], former)])),
    };
  }
  if ('patch' in change) return reversePatch(change.patch, { service, values, former });
  if ('servicePort' in change) {
    const port = service.spec.ports[Number(values.index)]?.[change.servicePort];
    if (port === undefined) return undefined;
    const kept = former.keep(port);
    return { ...change, to: typeof port === 'number' ? kept.replace('}', '#}') : kept };
  }
  if ('selector' in change)
    return {
      selector: former.keep(
        Object.entries(service.spec.selector)
          .map(([key, value]) => `${key}=${value}`)
          .join(','),
      ),
    };
  return undefined;
}

/** A changed pod template makes a revision, to which the one before is kept. */
const rollBack = ({ object, in: namespace }: ObjectName): Change => ({
  run: `kubectl --namespace ${namespace} rollout undo ${object.replace(' ', '/')}`,
});

const was = (value: string | undefined, former: Former): string | null =>
  value === undefined ? null : former.keep(value);

function workloadNamed(object: string, namespace: string | undefined, { facts, values }: Scene): Workload | undefined {
  const [kind = '', name] = plainly(object, values).split(/[ /]/);
  const where = namespace && plainly(namespace, values);
  return facts.slices.workloads.find(
    ({ kind: each, metadata }) => each.toLowerCase() === kind && metadata.name === name && metadata.namespace === where,
  );
}

function reverseEnv(
  change: Extract<Change, { env: unknown }>,
  workload: Workload | undefined,
  former: Former,
): Change | undefined {
  const container = workload?.spec.template.containers.find(({ name }) => name === change.container);
  if (container === undefined) return undefined;
  const present = Object.keys(change.env).map(
    (name) => [name, container.env.find((each) => each.name === name)] as const,
  );
  if (present.some(([, variable]) => variable !== undefined && variable.value === undefined)) return undefined;
  return {
    ...change,
    env: Object.fromEntries(present.map(([name, variable]) => [name, was(variable?.value, former)])),
  };
}

function reverseLabel(
  change: Extract<Change, { label: unknown }>,
  { facts, values }: Scene,
  former: Former,
): Change | undefined {
  const [kind, name] = change.on.object.split(' ');
  const node =
    kind === 'node'
      ? facts.slices.nodes.find(({ metadata }) => metadata.name === plainly(name ?? '', values))
      : undefined;
  if (kind === 'node' && node === undefined) return undefined;
  return {
    ...change,
    label: Object.fromEntries(
      Object.keys(change.label).map((label) => [label, was(node?.metadata.labels[plainly(label, values)], former)]),
    ),
  };
}

interface Patched {
  service: Service;
  values: Record<string, Filling>;
  former: Former;
}

/** Fields of a Service that Facts hold as the API has them, so that one that is absent there is absent. */
const wholeFields = [
  'externalTrafficPolicy',
  'loadBalancerSourceRanges',
  'allocateLoadBalancerNodePorts',
  'type',
  'selector',
];

function reversePatch(patch: Template, { service, values, former }: Patched): Change | undefined {
  const fields = asTree(patch, values);
  const spec = isTree(fields) && isTree(fields.spec) ? fields.spec : {};
  const metadata = isTree(fields) && isTree(fields.metadata) ? fields.metadata : {};
  const annotations = isTree(metadata.annotations) ? metadata.annotations : {};
  const isKnown = Object.keys(spec).every((field) => wholeFields.includes(field));
  if (!isKnown || Object.keys(spec).length + Object.keys(annotations).length === 0) return undefined;
  return {
    type: 'merge',
    patch: {
      ...(Object.keys(annotations).length > 0 && {
        metadata: { annotations: formerOf(annotations, service.metadata.annotations, former) },
      }),
      ...(Object.keys(spec).length > 0 && { spec: formerOf(spec, service.spec, former) }),
    },
  };
}

type Tree = { [field: string]: Template };
const isTree = (value: Template | undefined): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function asTree(patch: Template, values: Record<string, Filling>): Template {
  if (typeof patch !== 'string') return patch;
  const whole = values[patch.slice(1, -1)];
  return typeof whole === 'string' ? (JSON.parse(whole) as Template) : patch;
}

/** The same fields with what they hold now; `null` takes a field away in a merge patch (RFC 7396). */
const formerOf = (fields: Tree, now: object, former: Former): Tree =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const present = (now as Record<string, unknown>)[name];
      if (isTree(value) && typeof present === 'object' && present !== null)
        return [name, formerOf(value, present, former)];
      return [name, formerLeaf(present, former)];
    }),
  );

function formerLeaf(value: unknown, former: Former): Template {
  if (typeof value === 'string') return former.keep(value);
  if (Array.isArray(value)) return value.map((each) => formerLeaf(each, former));
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
