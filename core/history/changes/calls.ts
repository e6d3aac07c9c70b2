import type { ChangeLog, RecordedCall } from '../../model/changes/recorded-call.ts';
import { under } from '../../model/indexed.ts';
import { compareText } from '../../model/target-group-context.ts';

/** What was read of these resources. */
export const logsOf = (resources: string[], changes: ChangeLog[]): ChangeLog[] =>
  resources.flatMap((resource) => under(changes, resourceOf, resource));

const resourceOf = ({ resource }: ChangeLog): string[] => [resource];

/** The calls that changed these resources, each once, the earliest first. */
export const callsOn = (resources: string[], changes: ChangeLog[]): RecordedCall[] => [
  ...new Map(
    logsOf(resources, changes)
      .flatMap(({ calls }) => calls)
      .toSorted((a, b) => compareText(a.at, b.at) || compareText(a.id, b.id))
      .map((call) => [call.id, call]),
  ).values(),
];
