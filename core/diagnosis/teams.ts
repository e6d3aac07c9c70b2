import type { Diagnosis } from '../model/diagnosis.ts';
import type { Facts } from '../model/facts.ts';

/** The diagnoses with their team: the value of the label `label` of their Service. Without a label they stay as they are. */
export function withTeams(diagnoses: Diagnosis[], { cluster, slices }: Facts, label: string | undefined): Diagnosis[] {
  if (label === undefined) return diagnoses;
  const teams = new Map(
    slices.services.flatMap(({ metadata: { namespace, name, labels } }) => {
      const team = labels[label];
      return team === undefined ? [] : [[`${cluster?.name} ${namespace}/${name}`, team] as const];
    }),
  );
  return diagnoses.map((diagnosis) => {
    const team = teams.get(`${diagnosis.cluster} ${diagnosis.namespace}/${diagnosis.service}`);
    return team === undefined ? diagnosis : { ...diagnosis, team };
  });
}
