import type { ChangeEntry } from '../../model/changes/changes.ts';
import type { RecordedCall, RuleChange } from '../../model/changes/recorded-call.ts';
import { nameOfTool } from './tools.ts';

const mostDetails = 3;

/** A recorded call in the words of a timeline; `resources` are those that it is told for. */
export function describeCall(
  { actor, tool, action, objects, ...call }: RecordedCall,
  resources: string[],
): Pick<ChangeEntry, 'actor' | 'tool' | 'action' | 'object' | 'detail'> {
  const object = resources.find((resource) => objects.includes(resource)) ?? objects[0] ?? '';
  const details = detailsOf(call);
  const more = details.length > mostDetails ? [`and ${details.length - mostDetails} more`] : [];
  return {
    actor: actor === '' ? null : actor,
    tool: nameOfTool(tool),
    action,
    object: shortName(object),
    ...(details.length > 0 && { detail: [...details.slice(0, mostDetails), ...more].join(', ') }),
  };
}

function detailsOf({
  rules = [],
  settings = {},
  targets,
  error,
}: Pick<RecordedCall, 'rules' | 'settings' | 'targets' | 'error'>) {
  return [
    ...(error === undefined ? [] : [`refused: ${error}`]),
    ...rules.map(formatRule),
    ...Object.entries(settings).map(([name, value]) => `${name} ${value}`),
    ...(targets?.ids ?? []),
  ];
}

function formatRule({ effect, egress, protocol, fromPort, toPort, peer }: RuleChange): string {
  const ports =
    protocol === '-1' || fromPort === -1 ? '' : ` ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
  const where = peer === undefined ? '' : ` ${egress ? 'to' : 'from'} ${peer}`;
  return `${effect} ${protocol === '-1' ? 'all' : protocol}${ports}${where}`;
}

/** `targetgroup/web/0123` of an ARN; an id as it is. */
const shortName = (object: string): string =>
  object.startsWith('arn:') ? object.split(':').slice(5).join(':') : object;
