import type { Json } from '../../../scripts/release/placeholders.ts';
import type { Template } from '../../../scripts/release/template.ts';

/** Values of parameters; a list as one text with commas, as CloudFormation takes it. */
export type Given = Record<string, string>;

/** The resources that CloudFormation would make of a template for these parameters: conditions decided, parameters filled in. */
export function evaluate({ Resources, Parameters, Conditions }: Template, given: Given): Template['Resources'] {
  const parameters = Parameters as Record<string, { Type: string; Default?: string }>;
  const values = Object.fromEntries(
    Object.entries(parameters).map(([name, { Type, Default }]): [string, Json] => {
      const value = given[name] ?? Default;
      if (value === undefined) throw new Error(`the parameter ${name} has no value`);
      return [name, Type.startsWith('List') ? value.split(',') : value];
    }),
  );
  const holds = (name: string): boolean => decided((Conditions as Record<string, Json>)[name] ?? null, values);
  const there = Object.entries(Resources).filter(([, { Condition }]) => Condition === undefined || holds(Condition));
  return Object.fromEntries(
    there.map(([id, { Condition: _, ...resource }]) => [id, resolve(resource as Json, { values, holds })]),
  ) as Template['Resources'];
}

interface Scope {
  values: Record<string, Json>;
  holds(condition: string): boolean;
}

function decided(condition: Json, values: Record<string, Json>): boolean {
  const { 'Fn::Not': not, 'Fn::Equals': equals } = condition as Record<string, [Json, Json]>;
  if (not !== undefined) return !decided(not[0], values);
  if (equals === undefined) throw new Error(`${JSON.stringify(condition)} is no condition that this test knows`);
  const [one, other] = equals.map((each) => resolve(each, { values, holds: () => false }));
  return one === other;
}

/** The value; undefined for AWS::NoValue. */
function resolve(value: Json, scope: Scope): Json | undefined {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => resolve(each, scope)).filter((each) => each !== undefined);
  const { Ref, 'Fn::If': choice, 'Fn::Join': join } = value as { Ref?: string; 'Fn::If'?: Json[]; 'Fn::Join'?: Json[] };
  if (Ref === 'AWS::NoValue') return undefined;
  if (Ref !== undefined) return scope.values[Ref] ?? value;
  if (choice !== undefined) return resolve(choice[scope.holds(String(choice[0])) ? 1 : 2] ?? null, scope);
  if (join !== undefined) return joined(String(join[0]), resolve(join[1] ?? [], scope) as Json[]);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]): [string, Json][] => {
      const resolved = resolve(each, scope);
      return resolved === undefined ? [] : [[name, resolved]];
    }),
  );
}

/** As one text where all pieces are known; neighbours that are texts become one, as the CDK writes them. */
function joined(delimiter: string, pieces: Json[]): Json {
  const flat = delimiter === '' ? pieces.flatMap(piecesOf) : pieces;
  if (delimiter !== '')
    return flat.every((each) => typeof each === 'string') ? flat.join(delimiter) : rest(delimiter, flat);
  const merged: Json[] = [];
  for (const piece of flat) {
    const last = merged.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') merged[merged.length - 1] = last + piece;
    else merged.push(piece);
  }
  const [only] = merged;
  return merged.length === 1 && typeof only === 'string' ? only : rest('', merged);
}

const rest = (delimiter: string, pieces: Json[]): Json => ({ 'Fn::Join': [delimiter, pieces] });

/** The pieces of a join inside a join. */
function piecesOf(piece: Json): Json[] {
  const inner = (piece as { 'Fn::Join'?: [string, Json[]] } | null)?.['Fn::Join'];
  return inner?.[0] === '' ? inner[1] : [piece];
}
