import { type Call, calls } from './calls.ts';
import { type Fault, faults } from './faults.ts';

/** One call that goes wrong in one way. */
export interface Case {
  call: Call;
  fault: Fault;
}

/** Every call with every fault. */
export const matrix = (): Case[] => calls.flatMap((call) => faults.map((fault) => ({ call, fault })));

/** Faults that last as long as an audit is given. */
const slow = new Set(['hang', 'drip', 'endless-pages']);

/** A diagonal of the matrix: every call and every fault that is soon over, at least once. */
export const diagonal = (): Case[] => {
  const swift = faults.filter(({ id }) => !slow.has(id));
  return calls.flatMap((call, index) => {
    const fault = swift[index % swift.length];
    return fault === undefined ? [] : [{ call, fault }];
  });
};
