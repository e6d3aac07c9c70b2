import { badRequest } from './api-status.ts';
import type { ServedObject } from './served-object.ts';

type Test = (labels: Record<string, string>) => boolean;

/** Reads a label selector (`a=b,c in (d,e),!f`); throws 400 for what the API would not parse. */
export function labelSelector(text: string): Test {
  const tests = text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(requirement);
  return (labels) => tests.every((test) => test(labels));
}

function requirement(text: string): Test {
  const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(text);
  if (set !== null) {
    const [, key = '', operator, list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    if (operator === 'in') return (labels) => values.includes(labels[key] ?? '') && key in labels;
    return (labels) => !(key in labels && values.includes(labels[key] ?? ''));
  }
  const equality = /^([^\s!=]+)\s*(!=|==?)\s*(\S*)$/.exec(text);
  if (equality !== null) {
    const [, key = '', operator, value] = equality;
    return (labels) => (labels[key] === value) !== (operator === '!=');
  }
  const existence = /^(!?)([^\s!=()]+)$/.exec(text);
  if (existence === null) throw badRequest(`unable to parse requirement: ${misplaced(text)}`);
  const [, negation, key = ''] = existence;
  return (labels) => key in labels !== (negation === '!');
}

/** What the parser of apimachinery says where a word stands in the place of an operator. */
function misplaced(text: string): string {
  const word = /^\S+\s+(\S+)/.exec(text)?.[1];
  return word === undefined ? text : `found '${word}', expected: in, notin, =, ==, !=, gt, lt`;
}

/** Fields that each resource can be selected by, besides `metadata.name` and `metadata.namespace`. */
const selectable: Record<string, string[]> = {
  pods: [
    'spec.hostNetwork',
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'status.nominatedNodeName',
    'status.phase',
    'status.podIP',
  ],
  nodes: ['spec.unschedulable'],
  namespaces: ['status.phase'],
  services: ['spec.clusterIP', 'spec.type'],
  events: [
    ...['kind', 'namespace', 'name', 'uid', 'apiVersion', 'fieldPath'].flatMap((field) => [
      `involvedObject.${field}`,
      `regarding.${field}`,
    ]),
    'reason',
    'reportingComponent',
    'reportingController',
    'type',
  ],
};

/** Reads a field selector (`status.phase!=Running`) of a resource; throws 400 for a field that cannot be selected. */
export function fieldSelector(text: string, plural: string): (object: ServedObject) => boolean {
  const fields = ['metadata.name', 'metadata.namespace', ...(selectable[plural] ?? [])];
  const tests = text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [, path = '', operator, value] = /^([^!=]+)(!=|==?)(.*)$/.exec(part) ?? [];
      if (operator === undefined) throw badRequest(`invalid selector: '${part}'; can't understand '${part}'`);
      if (!fields.includes(path)) throw badRequest(`field label not supported: ${path}`);
      return (object: ServedObject) => (valueAt(object, path) === value) !== (operator === '!=');
    });
  return (object) => tests.every((test) => test(object));
}

function valueAt(object: ServedObject, path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>((inner, field) => (inner as Record<string, unknown> | undefined)?.[field], object);
  if (path === 'spec.unschedulable' || path === 'spec.hostNetwork') return String(value ?? false);
  return value === undefined ? '' : String(value);
}
