import { bindings } from './record.ts';

type OwnBinding = (typeof bindings)[number][1];

/** Bindings that the webhook of the controller let in, with the specification that it completed. */
export const admitted = bindings.flatMap(([name, record]) =>
  record.spec === null ? [] : [[name, { ...record, spec: record.spec }] as const],
);

/** What the controller complained of. */
export const complaintsOf = ({ events }: Pick<OwnBinding, 'events'>): string[] =>
  events.filter(({ type }) => type === 'Warning').map(({ reason, message }) => `${reason}: ${message}`);
