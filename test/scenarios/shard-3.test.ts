import { testScenarios } from './test-scenarios.ts';

testScenarios(3);
