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
