/** Parameters of a call, flattened: `Filter.1.Name`, `TargetGroupArns.member.2`, or plain names. */
export type Parameters = Record<string, string>;

/** The values of a list parameter in order, in EC2's form (`VpcId.1`) and in the Query form (`Names.member.1`). */
export function listOf(parameters: Parameters, name: string): string[] {
  const values: string[] = [];
  for (let index = 1; ; index++) {
    const value = parameters[`${name}.${index}`] ?? parameters[`${name}.member.${index}`];
    if (value === undefined) return values;
    values.push(value);
  }
}

/** The members of a list of structures, each with its own parameters: `Tag.1.Key` is `Key` of the first of `Tag`. */
export function structuresOf(parameters: Parameters, name: string): Parameters[] {
  const members = new Map<number, Parameters>();
  for (const [parameter, value] of Object.entries(parameters)) {
    const [, index, field] = new RegExp(`^${name}\\.(?:member\\.)?(\\d+)\\.(.+)$`).exec(parameter) ?? [];
    if (index === undefined || field === undefined) continue;
    members.set(Number(index), { ...members.get(Number(index)), [field]: value });
  }
  return [...members].toSorted(([a], [b]) => a - b).map(([, member]) => member);
}

/** Key and value pairs of a list of structures, as tags and attributes are given. */
export const pairsOf = (parameters: Parameters, name: string): Record<string, string> =>
  Object.fromEntries(structuresOf(parameters, name).map(({ Key = '', Value = '' }) => [Key, Value]));
