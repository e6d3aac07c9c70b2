import { describe } from 'vitest';
import { startRuntime } from '../../../lab/wire/function/runtime.ts';
import { lambdaContract } from './lambda-contract.ts';

describe('a Lambda function of the lab', () => lambdaContract(startRuntime));
