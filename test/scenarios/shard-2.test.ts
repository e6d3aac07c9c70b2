import { testScenarios } from './test-scenarios.ts';

testScenarios(2);
