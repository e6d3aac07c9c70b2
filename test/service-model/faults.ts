import type { Shape } from './shape.ts';

/** A value as it came: parsed JSON, XML, or query parameters; a member that is null in JSON is as good as absent. */
export type Wire = unknown;

interface Context {
  /** Scalars are text: XML and query parameters. */
  text: boolean;
  path: string;
}

/** What of `value` is not as the model says, each with its path. */
export function faultsOf(value: Wire, shape: Shape, { text, path }: Context): string[] {
  const fault = (sentence: string): string[] => [`${path} ${sentence}`];
  const inside = (child: Wire, of: Shape, name: string): string[] =>
    faultsOf(child, of, { text, path: path === '' ? name : `${path}.${name}` });

  switch (shape.kind) {
    case 'document':
      return [];
    case 'structure': {
      const given = record(value);
      if (given === undefined) return fault('is no structure');
      const present = Object.entries(given).filter(([, child]) => child !== null);
      const missing = Object.entries(shape.members).filter(([name, { required }]) => required && !(name in given));
      const count = present.length;
      return [
        ...missing.flatMap(([name]) => fault(`lacks ${name}`)),
        ...(shape.union && count !== 1 ? fault(`has ${count} members of a union`) : []),
        ...present.flatMap(([name, child]) => {
          const member = shape.members[name];
          return member === undefined ? fault(`has no member ${name}`) : inside(child, member.shape(), name);
        }),
      ];
    }
    case 'list': {
      const given = list(value, shape.element);
      if (given === undefined) return fault('is no list');
      return [
        ...outside(given.length, shape, 'members').flatMap(fault),
        ...given.flatMap((child) => inside(child, shape.of(), '*')),
      ];
    }
    case 'map':
      return Object.entries(entries(value)).flatMap(([key, child]) => inside(child, shape.of(), key));
    case 'string': {
      if (typeof value !== 'string') return fault('is no string');
      const { values, pattern } = shape;
      return [
        ...outside(value.length, shape, 'characters').flatMap(fault),
        ...(values !== undefined && !values.includes(value) ? fault(`is ${value}, not one of ${values}`) : []),
        ...(pattern !== undefined && !fits(value, pattern) ? fault(`is ${value}, which does not fit ${pattern}`) : []),
      ];
    }
    case 'number': {
      const number = text && /^-?\d+(\.\d+)?$/.test(String(value)) ? Number(value) : value;
      if (typeof number !== 'number') return fault(`is ${JSON.stringify(value)}, no number`);
      return outside(number, shape, 'as value').flatMap(fault);
    }
    case 'boolean':
      return (text ? value === 'true' || value === 'false' : typeof value === 'boolean')
        ? []
        : fault(`is ${JSON.stringify(value)}, no boolean`);
    case 'timestamp':
      return (text ? rfc3339.test(String(value)) : typeof value === 'number')
        ? []
        : fault(`is ${JSON.stringify(value)}, no time`);
  }
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** An empty element is an empty structure. */
function record(value: Wire): Record<string, Wire> | undefined {
  if (value === '') return {};
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, Wire>)
    : undefined;
}

/** An array as JSON has it, `<element>` children as XML has them, or the numbered parameters of a query. */
function list(value: Wire, element: string): Wire[] | undefined {
  if (Array.isArray(value)) return value;
  const given = record(value);
  if (given === undefined) return undefined;
  const numbered = (element === 'member' && record(given['member'])) || given;
  const numbers = Object.keys(numbered);
  if (numbers.some((number) => /^\d+$/.test(number))) {
    return numbers.every((number, index) => number === String(index + 1)) ? Object.values(numbered) : undefined;
  }
  const [name, ...others] = Object.keys(given);
  if (name === undefined) return [];
  if (name !== element || others.length > 0) return undefined;
  const children = given[element];
  return Array.isArray(children) ? children : [children];
}

/** A JSON object, or the numbered entries of a query. */
function entries(value: Wire): Record<string, Wire> {
  const given = record(value) ?? {};
  const numbered = record(given['entry']);
  if (numbered === undefined) return given;
  const pairs = Object.values(numbered).map((entry) => record(entry) ?? {});
  return Object.fromEntries(pairs.map((pair) => [String(pair['key'] ?? pair['Name']), pair['value'] ?? pair['Value']]));
}

function outside(size: number, { min, max }: { min?: number; max?: number }, what: string): string[] {
  if (min !== undefined && size < min) return [`has ${size} ${what}, fewer than ${min}`];
  if (max !== undefined && size > max) return [`has ${size} ${what}, more than ${max}`];
  return [];
}

/** Patterns of the models are Java's; one that JavaScript can't read decides nothing. */
function fits(value: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'su').test(value);
  } catch {
    return true;
  }
}
