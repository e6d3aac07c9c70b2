import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where engines that take long to build are kept, outside the repository: `EKS_NLB_AUDITOR_CACHE`, or the user's cache. */
export const cacheFolder = (): string =>
  process.env['EKS_NLB_AUDITOR_CACHE'] ??
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'eks-nlb-auditor');
