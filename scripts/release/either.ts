import { isDeepStrictEqual } from 'node:util';
import type { Json } from './placeholders.ts';

const nothing: Json = { Ref: 'AWS::NoValue' };

/** A value that is the first where a condition holds and the second elsewhere, decided as far inside as they differ. */
export function either(condition: string, first: Json | undefined, second: Json | undefined): Json {
  if (isDeepStrictEqual(first, second)) return first ?? nothing;
  if (isPlain(first) && isPlain(second)) {
    return Object.fromEntries(
      namesOf(first, second).map((name) => [name, either(condition, first[name], second[name])]),
    );
  }
  if (Array.isArray(first) && Array.isArray(second)) return eitherList(condition, first, second);
  return { 'Fn::If': [condition, first ?? nothing, second ?? nothing] };
}

/** Elements that one list has beyond the other depend on the condition alone; lists that differ otherwise do as a whole. */
function eitherList(condition: string, first: Json[], second: Json[]): Json {
  const [longer, shorter] = first.length > second.length ? [first, second] : [second, first];
  if (first.length === second.length) return first.map((each, index) => either(condition, each, second[index]));
  const common = longer.filter((each) => shorter.some((other) => isDeepStrictEqual(each, other)));
  if (!isDeepStrictEqual(common, shorter)) return { 'Fn::If': [condition, first, second] };
  return longer.map((each) => {
    if (common.includes(each)) return each;
    return { 'Fn::If': [condition, ...(longer === first ? [each, nothing] : [nothing, each])] };
  });
}

/** Objects that are no function of CloudFormation: those are taken whole. */
function isPlain(value: Json | undefined): value is { [name: string]: Json } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !Object.keys(value).some((name) => name === 'Ref' || name.startsWith('Fn::'));
}

const namesOf = (first: object, second: object): string[] => [
  ...new Set([...Object.keys(first), ...Object.keys(second)]),
];
