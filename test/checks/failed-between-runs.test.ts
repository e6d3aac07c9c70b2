import { failedBetweenRuns } from '../../core/checks/answer/failed-between-runs.ts';
import { minutes } from '../core/history/metrics-of.ts';
import { fail, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const counted = (row: string) => given(sampleFacts, ({ slices }) => void slices.metrics.push(minutes(row)));

testCheck(failedBetweenRuns, {
  found: [
    {
      name: 'four minutes, and ten healthy ones since',
      facts: counted('00002222000000000..'),
      targets: [],
      confidence: 'confirmed',
      saw: 'from 11:45 to 11:49 UTC (4 min), up to 2 in the counts of eu-west-1a',
    },
    {
      name: 'two spells',
      facts: counted('0110011000'),
      targets: [],
      confidence: 'confirmed',
      saw: /11:51 to 11:53 .*, and from 11:55 to 11:57/,
    },
  ],
  ruledOut: [
    { name: 'no unhealthy minute', facts: counted('0000000000') },
    { name: 'a spell that ended more than half an hour ago', facts: counted(`0110${'0'.repeat(40)}`) },
    { name: 'a group that was not measured', facts: sampleFacts },
    {
      name: 'a target that is unhealthy now',
      facts: given(counted('0011000'), ({ slices }) => fail(slices.targetHealth)),
    },
  ],
});
