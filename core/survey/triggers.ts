/** What may start an audit of single target groups between two runs. */
export const triggers = ['alarms', 'changes'] as const;

export type Trigger = (typeof triggers)[number];
