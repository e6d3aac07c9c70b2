/** How long something took, and the most that this process held beyond what it held before, in MB. */
export interface Measured<Value> {
  value: Value;
  ms: number;
  peakMb: number;
}

/** Does it and watches the process meanwhile. */
export async function measure<Value>(act: () => Promise<Value>): Promise<Measured<Value>> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const began = performance.now();
  try {
    const value = await act();
    return { value, ms: Math.round(performance.now() - began), peakMb: Math.round((peak - before) / 2 ** 20) };
  } finally {
    clearInterval(watch);
  }
}
