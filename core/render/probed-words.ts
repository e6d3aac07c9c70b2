import type { Report } from '../model/report.ts';

/** `20 probed`, or `20 probed that stand for 80 more`: those were not asked. */
export const formatProbed = ({ probed, alike }: Report['coverage']['targets']): string =>
  alike === undefined ? `${probed} probed` : `${probed} probed that stand for ${alike} more`;
