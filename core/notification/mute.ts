/** A promise that somebody looks after a cause, so that nobody is told of it for a while. */
export interface Mute {
  /** Fingerprint of a finding or key of an incident; `*` stands for any characters. */
  pattern: string;
  owner: string;
  reason: string;
  /** RFC 3339. */
  until: string;
}

/** The mute that keeps one of these names quiet at that moment, the longest first. */
export function muteOf(names: string[], mutes: Mute[], at: string): Mute | undefined {
  return mutes
    .filter(({ until, pattern }) => Date.parse(until) > Date.parse(at) && names.some((name) => matches(pattern, name)))
    .toSorted((a, b) => Date.parse(b.until) - Date.parse(a.until))[0];
}

/** True when the pattern, in which `*` stands for any characters, describes the whole name. */
export function matches(pattern: string, name: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return name === pattern;
  if (!name.startsWith(first)) return false;
  let from = first.length;
  for (const piece of others) {
    const found = name.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return name.length - last.length >= from && name.endsWith(last);
}
