import type { RunCost } from '../model/run-cost.ts';

/** `2.6 GB-seconds, about $0.000035`. */
export const formatCost = ({ gbSeconds, estimatedUsd }: RunCost): string =>
  `${gbSeconds.toFixed(1)} GB-seconds, about $${estimatedUsd.toFixed(6)}`;
