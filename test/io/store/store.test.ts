import { describe } from 'vitest';
import { findingsTable } from './findings-table.ts';
import { storeContract } from './store-contract.ts';

describe('on an embedded DynamoDB', () => storeContract(findingsTable));
