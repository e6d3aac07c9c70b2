import type { Engine } from '../engine.ts';
import { installedPackage } from '../installed-package.ts';

/** Slack's own declarations of Block Kit, with the limits of its fields in their comments. */
export const findEngine = (): Engine => installedPackage('@slack/types');
