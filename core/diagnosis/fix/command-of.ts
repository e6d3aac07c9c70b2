import { annotationPrefix } from '../../controllers/annotation-prefix.ts';
import type { Change, Look, ObjectName, Step, Template } from '../../model/fix.ts';
import { byAnnotation } from './set-health-check.ts';

/** The Service of the target group. */
export const theService: ObjectName = { object: 'service {service}', in: '{namespace}' };

/** The command of a step, to be filled; undefined for one that is only a sentence. */
export function commandOf({ change, look }: Pick<Step, 'change' | 'look'>): string | undefined {
  if (change !== undefined) return commandOfChange(change);
  return look && commandOfLook(look);
}

const commandOfLook = (look: Look): string =>
  'kubectl' in look ? kubectl(look.in, look.kubectl) : words('aws', look.aws, '--region {region}', look.options);

const attributes = `${annotationPrefix}target-group-attributes`;

function commandOfChange(change: Change): string {
  if ('healthCheck' in change) return annotate(change.annotate ?? byAnnotation(change.healthCheck), theService);
  if ('attribute' in change) return annotate({ [attributes]: `${change.attribute}=${change.to}` }, theService);
  if ('annotate' in change) return annotate(change.annotate, change.on ?? theService);
  if ('label' in change) return kubectl(change.on.in, words('label', change.on.object, entries(change.label)));
  if ('patch' in change) return patch(change.patch, change.type, change.on ?? theService);
  if ('servicePort' in change) return patch(portPatch(change.servicePort, change.to), 'json', theService);
  if ('selector' in change) return kubectl(theService.in, `set selector ${theService.object} ${change.selector}`);
  if ('env' in change) return setEnv(change.env, change.container, change.on);
  if ('scale' in change) return kubectl(change.on.in, `scale ${change.on.object} --replicas=${change.scale}`);
  if ('restart' in change) return kubectl(change.restart.in, `rollout restart ${change.restart.object}`);
  if ('remove' in change) return remove(change.remove);
  if ('create' in change) return `printf '%s' ${change.create} | kubectl --namespace ${change.in} create --filename -`;
  if ('wake' in change) return wake[change.wake];
  if ('debugNode' in change) return debugNode(change.debugNode);
  if ('aws' in change) return words('aws', change.aws, '--region {region}', options(change.options));
  return change.run;
}

const words = (...parts: (string | undefined)[]): string => parts.filter((part) => part).join(' ');

const kubectl = (namespace: string | undefined, rest: string): string =>
  kubectlAt(namespace === undefined ? {} : { in: namespace }, rest);

const kubectlAt = ({ in: namespace, context }: Omit<ObjectName, 'object'>, rest: string): string =>
  words('kubectl', context && `--context ${context}`, namespace && `--namespace ${namespace}`, rest);

/** `key=value`, and `key-` for what is to go. */
const entries = (values: Record<string, string | null>): string =>
  Object.entries(values)
    .map(([key, value]) => (value === null ? `${key}-` : `${key}=${value}`))
    .join(' ');

function annotate(values: Record<string, string | null>, { object, ...where }: ObjectName): string {
  const sets = Object.values(values).some((value) => value !== null);
  return kubectlAt(where, words('annotate', object, sets ? '--overwrite' : undefined, entries(values)));
}

const patch = (fields: Template, type: string | undefined, { object, ...where }: ObjectName): string =>
  kubectlAt(where, words('patch', object, type && `--type ${type}`, '--patch', quoted(fields)));

const portPatch = (field: string, value: string): Template => [
  { op: 'replace', path: `/spec/ports/{index}/${field}`, value },
];

const bare = /"(\{\w+)#\}"/g;

/** A template as JSON in single quotes; one that is a whole value is quoted when it is filled. */
const quoted = (fields: Template): string =>
  typeof fields === 'string' ? fields : `'${JSON.stringify(fields).replace(bare, '$1}')}'`;

const setEnv = (env: Record<string, string | null>, container: string, { object, in: namespace }: ObjectName): string =>
  kubectl(namespace, `set env ${object} --containers ${container} ${entries(env)}`);

const remove = ({ object, in: namespace, selector, fields }: Extract<Change, { remove: unknown }>['remove']): string =>
  kubectl(
    namespace,
    words('delete', object, selector && `--selector ${selector}`, fields && `--field-selector ${fields}`),
  );

const wake: Record<'service' | 'binding' | 'gateway', string> = {
  service: 'kubectl --namespace {namespace} annotate service {service} --overwrite reconcile-asked-at=$(date +%s)',
  binding: 'kubectl --namespace {bindingNamespace} annotate targetgroupbinding {binding} elbv2.k8s.aws/checkpoint-',
  gateway:
    'kubectl --namespace {gatewayNamespace} annotate gateways.gateway.networking.k8s.io {gateway} --overwrite reconcile-asked-at=$(date +%s)',
};

const debugNode = (script: string): string =>
  `kubectl debug node/{node} --profile sysadmin --stdin --tty --image public.ecr.aws/amazonlinux/amazonlinux:2023 -- sh -c "${script}"`;

/** Options of the AWS CLI; the name `…` stands for words that are complete. */
const options = (given: Record<string, string>): string =>
  Object.entries(given)
    .map(([name, value]) => (name === '…' ? value : `--${name} ${value}`))
    .join(' ');
