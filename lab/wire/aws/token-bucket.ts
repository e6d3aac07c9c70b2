/** Size of a request bucket and its refill; Elastic Load Balancing gives Describe* calls 40 and 10 a second. */
export interface BucketSize {
  burst: number;
  perSecond: number;
}

/** A request bucket: the function returned takes one token, and answers false when there is none. */
export function tokenBucket(
  { burst, perSecond }: BucketSize,
  now: () => number = () => performance.now(),
): () => boolean {
  let tokens = burst;
  let filledAt = now();
  return () => {
    const at = now();
    tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * perSecond);
    filledAt = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
