import { diagonal } from '../../scripts/faults/matrix.ts';
import { testCases } from './test-cases.ts';

testCases(diagonal().filter(({ call }) => call.by === undefined));
