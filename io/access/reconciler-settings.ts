import * as z from 'zod';
import { readEnvironment } from '../../config/settings.ts';

const text = (error: string) => z.string({ error }).min(1, { error });
const list = (error: string) => z.array(text(error), { error });

const reconcilerSettings = z.object(
  {
    vpcIds: list('give the ids of the VPCs with an auditor.'),
    entry: z.object(
      {
        principalArn: text("give the ARN of the auditor's role."),
        kubernetesGroups: list('give the groups of the access entry.'),
        policyArns: list('give the ARNs of access policies.'),
      },
      { error: 'give an object that describes the access entry.' },
    ),
  },
  { error: 'give an object of settings.' },
);

/** What the reconciler is told about its deployment. */
export type ReconcilerSettings = z.output<typeof reconcilerSettings>;

/** Reads the environment variable AUDITOR_SETTINGS of the reconciler; throws a UserError like `readSettings`. */
export const readReconcilerSettings = (environment: Record<string, string | undefined>): ReconcilerSettings =>
  readEnvironment(reconcilerSettings, environment);
