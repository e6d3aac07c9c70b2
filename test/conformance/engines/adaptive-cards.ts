import type { Engine } from '../engine.ts';
import { installedPackage } from '../installed-package.ts';

/** Microsoft's own parser of Adaptive Cards. */
export const findEngine = (): Engine => installedPackage('adaptivecards');
