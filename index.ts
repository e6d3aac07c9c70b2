/** What another CDK application installs. */
export { loadConfig } from './config/config.ts';
export { NlbAuditor, type NlbAuditorProps } from './lib/nlb-auditor.ts';
export { NlbAuditorStack, type NlbAuditorStackProps } from './lib/nlb-auditor-stack.ts';
export type { AuditedVpc } from './lib/vpc-auditor.ts';
