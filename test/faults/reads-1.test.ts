import { diagonal } from '../../scripts/faults/matrix.ts';
import { testCases } from './test-cases.ts';

testCases(diagonal().filter(({ call }, index) => call.by === undefined && index % 2 === 1));
