import { check } from '../../diagnosis/check.ts';
import { zoneOf } from '../../diagnosis/zones.ts';

const shifted = ['zonal_shift_active', 'zonal_shift_delegated_to_dns'];

export const zonalShiftActive = check({
  id: 'zonal-shift-active',
  kind: 'latent',
  stage: 'registration',
  severity: 'info',
  title: 'A zonal shift keeps traffic away from targets of one zone',
  symptom: 'A zone gets no traffic although its targets may be healthy.',
  why: `A zonal shift, started by a person or by zonal autoshift, takes a zone out of service until it is ended or expires. Targets there may
work and still get no traffic, and the other zones get all the load. It never makes a target fail its checks.`,
  proof: 'Elastic Load Balancing reports an administrative override for the target: an active zonal shift.',
  nearMisses: ['A target that fails during a shift fails for another cause.', 'An autoshift starts automatically.'],
  decidedBy: 'the shifts that are active: aws arc-zonal-shift list-zonal-shifts, and list-autoshifts',
  fix: [
    {
      text: 'Find out who started the shift and when it expires; end it when the zone works again.',
      look: { aws: 'arc-zonal-shift list-zonal-shifts', options: '--status ACTIVE' },
    },
    {
      text: 'A shift that AWS started by zonal autoshift is in a separate list.',
      look: { aws: 'arc-zonal-shift list-autoshifts', options: '--status ACTIVE' },
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/zonal-shift.html'],
  masks: [],
  needs: ['targetHealth'],
  optional: ['instances'],

  run(group, { instances }) {
    return group.targets
      .filter(({ override }) => shifted.includes(override ?? ''))
      .map((target) => ({
        target,
        saw: `${target.override} in zone ${zoneOf(target, instances ?? []) ?? 'unknown'}; its health is ${target.state}`,
        expected: 'traffic to every zone of the load balancer',
        confidence: 'confirmed' as const,
      }));
  },
});
