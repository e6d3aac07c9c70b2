/** What an API model says of a value on the wire. Members have the names that the wire has. */
export type Shape =
  | { kind: 'structure'; members: Record<string, Member>; union: boolean }
  /** `element` is what XML calls a member of the list. */
  | { kind: 'list'; element: string; of: () => Shape; min?: number; max?: number }
  | { kind: 'map'; of: () => Shape }
  | { kind: 'string'; values?: string[]; pattern?: string; min?: number; max?: number }
  | { kind: 'number'; min?: number; max?: number }
  | { kind: 'boolean' }
  | { kind: 'timestamp' }
  | { kind: 'document' };

export interface Member {
  shape: () => Shape;
  required: boolean;
}

export type WireProtocol = 'query' | 'ec2' | 'json' | 'rest-json' | 'rest-xml';

/** One action of a service. */
export interface Operation {
  protocol: WireProtocol;
  input: Shape;
  output: Shape;
  /** Error codes that the action declares; absent where the model names none. */
  errors?: string[];
}

/** An API model: finds an action by the service's signing name; `undefined` where there is none. */
export type ApiModel = (service: string, action: string) => Operation | undefined;
