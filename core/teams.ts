import type { Facts } from './facts.ts';
import type { Report } from './report.ts';

/** The report with the team of each diagnosis: the value of the label `label` of its Service. Without a label it stays as it is. */
export function withTeams(report: Report, facts: Facts[], label: string | undefined): Report {
  if (label === undefined) return report;
  const teams = new Map(
    facts.flatMap(({ cluster, slices: { services } }) =>
      services.flatMap(({ metadata: { namespace, name, labels } }) => {
        const team = labels[label];
        return team === undefined ? [] : [[`${cluster?.name} ${namespace}/${name}`, team] as const];
      }),
    ),
  );
  return {
    ...report,
    diagnoses: report.diagnoses.map((diagnosis) => {
      const { cluster, namespace, service } = diagnosis;
      const team = teams.get(`${cluster} ${namespace}/${service}`);
      return team === undefined ? diagnosis : { ...diagnosis, team };
    }),
  };
}
