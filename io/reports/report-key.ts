/** Whose reports: `scope` is `<account>/<region>/<vpcId or all>`. */
export interface ReportPlace {
  bucket: string;
  scope: string;
}

/** The forms in which a report is kept. */
export const keptForms = ['html', 'json'] as const;

/** Where the report of a run is kept in its bucket. */
export const reportKey = (scope: string, runId: string, form: (typeof keptForms)[number]): string =>
  `${scope}/${runId}.${form}`;
