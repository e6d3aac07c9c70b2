/** Where two JSON values differ, with a `*` for the members of lists: path → the first pair of values. */
export function differingPaths(ours: unknown, theirs: unknown, path = ''): Map<string, [unknown, unknown]> {
  const found = new Map<string, [unknown, unknown]>();
  const step = (a: unknown, b: unknown, name: string): void => {
    for (const [where, pair] of differingPaths(a, b, path === '' ? name : `${path}.${name}`)) {
      if (!found.has(where)) found.set(where, pair);
    }
  };
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    for (const [a, b] of paired(ours, theirs)) step(a, b, '*');
  } else if (isRecord(ours) && isRecord(theirs)) {
    for (const name of new Set([...Object.keys(ours), ...Object.keys(theirs)])) step(ours[name], theirs[name], name);
  } else if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
    found.set(path, [ours, theirs]);
  }
  return found;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What identifies a member of a list; a list of texts has an order of no meaning here. */
function keyOf(member: unknown): string {
  if (!isRecord(member)) return String(member);
  const { id, arn, targetGroupArn, destination, ruleNumber, egress, subnetId, message: _, ...rest } = member;
  const key =
    id ??
    arn ??
    destination ??
    (ruleNumber !== undefined ? `${egress} ${ruleNumber}` : (subnetId ?? (rest['slices'] && rest['vpcId'])));
  return key === undefined ? JSON.stringify(rest) : `${targetGroupArn ?? ''} ${key} ${member['port'] ?? ''}`;
}

function paired(ours: unknown[], theirs: unknown[]): [unknown, unknown][] {
  const a = new Map(ours.map((member) => [keyOf(member), member]));
  const b = new Map(theirs.map((member) => [keyOf(member), member]));
  return [...new Set([...a.keys(), ...b.keys()])].map((key) => [a.get(key), b.get(key)]);
}
