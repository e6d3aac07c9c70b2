/** Id of the check about targets that failed and recovered between two runs: its findings are over when they are seen. */
export const failedBetweenRuns = 'failed-between-runs';
