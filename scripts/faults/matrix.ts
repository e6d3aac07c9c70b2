import { type Call, reads } from './calls.ts';
import { type Fault, faults } from './faults.ts';
import { functionCalls } from './functions/calls.ts';
import { isAnswered, probeCalls } from './probes/calls.ts';

/** One call that goes wrong in one way. */
export interface Case {
  call: Call;
  fault: Fault;
}

/** A log is text without an end of its own: one without lines, or of half of the lines, is what a container has that wrote less. */
const isFault = ({ call, fault }: Case): boolean =>
  isAnswered(call.id, fault.id) &&
  !(call.id === 'kubernetes:get pods/log' && (fault.id === 'empty' || fault.id === 'malformed'));

/** Every call that goes out of the product. */
export const calls: Call[] = [...reads, ...functionCalls, ...probeCalls];

/** Every call with every fault. */
export const matrix = (): Case[] => calls.flatMap((call) => faults.map((fault) => ({ call, fault }))).filter(isFault);

/** Faults that last as long as an audit is given. */
const slow = new Set(['hang', 'drip', 'endless-pages']);

/** A diagonal of the matrix: every call and every fault that is soon over, at least once. */
export const diagonal = (): Case[] => {
  const swift = faults.filter(({ id }) => !slow.has(id));
  return calls.flatMap((call, index) => {
    const fault = [...swift.slice(index % swift.length), ...swift].find((each) => isFault({ call, fault: each }));
    return fault === undefined ? [] : [{ call, fault }];
  });
};
