/** Whether something of the past is read: nothing, or what is about findings. */
export type ForFindings = 'off' | 'findings';

export const forFindings = ['off', 'findings'] as const satisfies ForFindings[];
