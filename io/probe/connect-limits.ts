/** Milliseconds after which Linux repeats an unanswered SYN for the first time (RFC 6298, tcp(7)), and a little more. */
const untilSecondSyn = 1250;

/** Milliseconds in which that happens twice, so that no longer wait tells more. */
const untilThirdSyn = 3000;

/** Milliseconds in which every SYN-ACK of a VPC is back many times over. */
const shortest = 100;

/** Milliseconds that a socket is held beyond its limit: until the next tick, and until the next probe has its place. */
const handover = 35;

/**
 * Milliseconds to wait for the SYN-ACK, for one connection or for two from different ports, so that silent targets take turns
 * within about the time that one of them takes. `turns` says how often all sockets would have to be taken if every probe
 * kept one to its end. Every target gets two SYNs: where time allows by the kernel, which repeats the first one, else by
 * a second connection when all others have had their first.
 */
export function connectLimits(timeoutMs: number, turns: number): number[] {
  const longest = Math.min(timeoutMs, untilThirdSyn);
  const share = longest / Math.max(1, turns);
  if (share >= longest) return [longest];
  if (share >= untilSecondSyn) return [untilSecondSyn];
  const half = Math.max(shortest, share / 2 - handover);
  return half >= longest ? [longest] : [half, half];
}
