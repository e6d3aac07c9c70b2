import { annotationOf } from '../../controllers/expected-health-check.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import type { Change, Template } from '../../model/fix.ts';
import { theService } from './command-of.ts';
import { fillTemplate } from './fill-template.ts';
import { plainly, type Scene } from './former.ts';

type Fields = Record<string, Template>;

/** The part of an object's manifest that a change is about. */
export interface Fragment {
  kind: string;
  name: string;
  namespace?: string;
  /** The manifest as far as it matters, with apiVersion, kind and name. */
  manifest: Fields;
}

/** API versions that are served by every supported release of Kubernetes and of the controllers. */
const apiVersions: Readonly<Record<string, [apiVersion: string, kind: string]>> = {
  service: ['v1', 'Service'],
  namespace: ['v1', 'Namespace'],
  configmap: ['v1', 'ConfigMap'],
  deployment: ['apps/v1', 'Deployment'],
  statefulset: ['apps/v1', 'StatefulSet'],
  daemonset: ['apps/v1', 'DaemonSet'],
  ingress: ['networking.k8s.io/v1', 'Ingress'],
  networkpolicy: ['networking.k8s.io/v1', 'NetworkPolicy'],
  targetgroupbinding: ['elbv2.k8s.aws/v1beta1', 'TargetGroupBinding'],
  nodeclass: ['eks.amazonaws.com/v1', 'NodeClass'],
};

/** What a manifest has to hold for a change to last; undefined for a change that no manifest holds, such as a restart. */
export function fragmentOf(change: Change, scene: Scene): Fragment | undefined {
  const fields = fieldsOf(change, scene);
  if (fields === undefined) return undefined;
  const { object, in: where } = ('on' in change ? change.on : undefined) ?? theService;
  const [word = '', name = ''] = plainly(object, scene.values).split(/[ /]/);
  const [apiVersion, kind] = apiVersions[word] ?? [];
  if (apiVersion === undefined || kind === undefined || name === '') return undefined;
  const namespace = where && plainly(where, scene.values);
  const filled = fillTemplate(fields, scene.values) as Fields | undefined;
  if (filled === undefined) return undefined;
  const { metadata, ...rest } = filled;
  return {
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    manifest: {
      apiVersion,
      kind,
      metadata: { name, ...(namespace !== undefined && { namespace }), ...((metadata as Fields) ?? {}) },
      ...rest,
    },
  };
}

function fieldsOf(change: Change, scene: Scene): Fields | undefined {
  if ('healthCheck' in change) return annotations(change.annotate ?? settingsAsAnnotations(change.healthCheck));
  if ('annotate' in change) return annotations(change.annotate);
  if ('label' in change) return { metadata: { labels: change.label } };
  if ('patch' in change) return patched(change.patch, change.type, scene);
  if ('servicePort' in change) return ports(change.servicePort, change.to, scene);
  if ('selector' in change) return selector(change.selector, scene);
  if ('env' in change) return environment(change.env, change.container);
  if ('scale' in change) return { spec: { replicas: change.scale } };
  return undefined;
}

const annotations = (values: Record<string, string | null>): Fields => ({ metadata: { annotations: values } });

const settingsAsAnnotations = (settings: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [annotationOf(name as Parameters<typeof annotationOf>[0]), value]),
  );

function patched(patch: Template, type: string | undefined, { values }: Scene): Fields | undefined {
  const value = typeof patch === 'string' ? parsed(values[patch.slice(1, -1)]) : patch;
  if (value === undefined || typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return type === 'json' ? undefined : value;
  return value.length === 1 ? added(value[0]) : undefined;
}

/** A rule that a JSON patch adds to the ingress of a policy. */
function added(operation: Template | undefined): Fields | undefined {
  if (typeof operation !== 'object' || operation === null || Array.isArray(operation)) return undefined;
  const { op, path, value } = operation;
  if (op !== 'add' || value === undefined) return undefined;
  if (path === '/spec/ingress') return { spec: { ingress: value } };
  return path === '/spec/ingress/-' ? { spec: { ingress: [value] } } : undefined;
}

const parsed = (json: unknown): Template | undefined =>
  typeof json === 'string' ? (JSON.parse(json) as Template) : undefined;

function ports(field: string, to: string, { group, facts, values }: Scene): Fields | undefined {
  const port = serviceOf(group, facts.slices.services)?.spec.ports[Number(values.index)];
  if (port === undefined) return undefined;
  return { spec: { ports: [{ ...(port.name !== undefined && { name: port.name }), port: port.port, [field]: to }] } };
}

function selector(template: string, { values }: Scene): Fields | undefined {
  const labels = String(values[template.slice(1, -1)] ?? '');
  const pairs = labels.split(',').map((pair) => pair.split('=') as [string, string]);
  return pairs.every(([key, value]) => key !== '' && value !== undefined)
    ? { spec: { selector: Object.fromEntries(pairs) } }
    : undefined;
}

const environment = (env: Record<string, string | null>, container: string): Fields => ({
  spec: {
    template: {
      spec: { containers: [{ name: container, env: Object.entries(env).map(([name, value]) => ({ name, value })) }] },
    },
  },
});

/** For sentences, for example `Service shop/web`. */
export const titleOf = ({ kind, namespace, name }: Pick<Fragment, 'kind' | 'namespace' | 'name'>): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
