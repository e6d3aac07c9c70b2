import { loadConfig as load } from './config/config.ts';
import type { NlbAuditorConfig } from './config/options.ts';

/** What another CDK application installs. */
export type * from './config/options.ts';
export type { AuditedVpc, NamedCluster } from './lib/audited-vpc.ts';
export { NlbAuditor, type NlbAuditorProps } from './lib/nlb-auditor.ts';
export { NlbAuditorStack, type NlbAuditorStackProps } from './lib/nlb-auditor-stack.ts';
export type { VpcAuditor } from './lib/vpc-auditor.ts';

/** Reads and checks a configuration file; throws an error that names every wrong field, its value and the remedy. */
export const loadConfig: (path: string) => NlbAuditorConfig = load;
