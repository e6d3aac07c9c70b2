/** What one run costs in Lambda. */
export interface RunCost {
  gbSeconds: number;
  /** US dollars, without the free tier. */
  estimatedUsd: number;
}

/** Of Lambda on arm64 in us-east-1, in US dollars (AWS Lambda pricing): each GB-second, and each request. */
export const lambdaPrices = { gbSecond: 0.0000133334, request: 0.0000002 };

/** The cost of a run that took so many milliseconds in a function with so many megabytes, in one request unless told. */
export function costOf(billed: { durationMs: number; memoryMb: number; requests?: number }): RunCost {
  const { durationMs, memoryMb, requests = 1 } = billed;
  const gbSeconds = (durationMs / 1000) * (memoryMb / 1024);
  const usd = gbSeconds * lambdaPrices.gbSecond + requests * lambdaPrices.request;
  return { gbSeconds: round(gbSeconds, 3), estimatedUsd: round(usd, 7) };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
