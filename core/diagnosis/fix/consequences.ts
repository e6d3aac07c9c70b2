import type { Change, Disturbance, ObjectName } from '../../model/fix.ts';
import { awsCalls } from './aws-calls.ts';

/** What follows from a change by what it is; a step adds what only it knows. */
export interface Consequences {
  disturbs?: Disturbance;
  undo?: string;
}

/** What a change disturbs and how it is taken back, as far as its kind says. */
export function consequencesOf(change: Change): Consequences {
  if ('healthCheck' in change) return ofHealthCheck;
  if ('annotate' in change || 'attribute' in change)
    return { undo: 'Give the annotation its former value, or remove it where there was none.' };
  if ('label' in change) return { undo: 'Give the label its former value, or remove it where there was none.' };
  if ('patch' in change) return change.on !== undefined && isRolledOut(change.on) ? ofRollout(change.on) : ofPatch;
  if ('servicePort' in change)
    return { disturbs: 'New connections to this port of the Service only.', undo: 'Set the former port.' };
  if ('selector' in change)
    return { disturbs: 'The endpoints of this Service only.', undo: 'Set the former selector.' };
  if ('env' in change)
    return { disturbs: replacedOneByOne(change.on.object), undo: 'Set the former value, or remove the variable.' };
  if ('scale' in change) return { disturbs: { nothing: 'pods are added.' }, undo: 'Scale to the former number.' };
  if ('restart' in change)
    return {
      disturbs: replacedOneByOne(change.restart.object),
      undo: 'Nothing to take back: the pods start from the same template.',
    };
  if ('remove' in change) return { undo: 'It cannot be taken back.' };
  if ('create' in change) return { undo: 'Delete what it created, by the name that the command prints.' };
  if ('wake' in change)
    return {
      disturbs: { nothing: 'the controller compares what it manages once more.' },
      undo: 'Nothing to take back.',
    };
  if ('debugNode' in change)
    return {
      disturbs: 'A privileged pod runs on the node while the command does.',
      undo: 'Delete the pod that it leaves behind.',
    };
  if ('aws' in change) return awsCalls[change.aws] ?? {};
  return {};
}

const ofHealthCheck: Consequences = {
  disturbs: { nothing: 'only the health check of this target group changes, connections stay.' },
  undo: 'Give the annotation its former value, or remove it where there was none.',
};

const ofPatch: Consequences = { undo: 'Set the former value.' };

/** A changed pod template replaces pods, and its revisions are kept (Deployment, StatefulSet and DaemonSet alike). */
const ofRollout = ({ object }: ObjectName): Consequences => ({
  disturbs: replacedOneByOne(object),
  undo: 'Roll back to the revision before.',
});

/** True for what makes pods of a template, and a revision of each change. */
export const isRolledOut = ({ object }: ObjectName): boolean =>
  object === '{workload}' || object.startsWith('daemonset') || object.startsWith('deployment');

const replacedOneByOne = (object: string): string =>
  `The pods of ${object.replace(' ', '/')} are replaced, some at a time.`;
