import { zonalShiftActive } from '../../core/checks/registration/zonal-shift-active.ts';
import { fail, instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const shift = (override: string) =>
  given(sampleFacts, ({ slices }) => {
    const [first] = slices.targetHealth;
    if (first) Object.assign(first, { override });
  });

testCheck(zonalShiftActive, {
  found: [
    {
      name: 'a healthy target of a zone that is shifted away',
      facts: shift('zonal_shift_active'),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'zonal_shift_active in zone eu-west-1a; its health is healthy',
    },
    {
      name: 'a failing target of a zone that is taken out of DNS',
      facts: given(shift('zonal_shift_delegated_to_dns'), ({ slices }) => fail(slices.targetHealth)),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'zonal_shift_delegated_to_dns in zone eu-west-1a; its health is unhealthy',
    },
  ],
  ruledOut: [
    { name: 'no override', facts: shift('no_override') },
    { name: 'a target without a word on it', facts: sampleFacts },
  ],
});
