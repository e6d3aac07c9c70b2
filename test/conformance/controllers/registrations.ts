import type { Answer, QueryCall } from './load-balancing-gaps.ts';

/** State of a registered target, with `reason` where it is not healthy; `undefined` = healthy. */
export type Judgement = (target: { id: string; port: number }) => { state: string; reason?: string } | undefined;

/** The targets of every group: moto knows a target by its id alone, so that two ports of one are the same to it. */
export interface Registrations {
  /** Learns from a call that moto has carried out. */
  note(call: QueryCall, answer: string): void;
  /** The answer to DescribeTargetHealth. */
  health(call: QueryCall, judge: Judgement): Answer;
}

interface Target {
  id: string;
  port: number;
  /** By which a load balancer finds a server of QUIC again. */
  quicServerId?: string;
}

interface Group {
  port: number;
  /** Port of the health check, as a number or `traffic-port`. */
  checked: string;
  targets: Map<string, Target>;
}

export function noRegistrations(): Registrations {
  const groups = new Map<string, Group>();
  const groupOf = ({ parameters }: QueryCall) => groups.get(parameters.get('TargetGroupArn') ?? '');
  return {
    note(call, answer) {
      const { action, parameters } = call;
      if (action === 'CreateTargetGroup') {
        const [, arn = ''] = /<TargetGroupArn>([^<]*)</.exec(answer) ?? [];
        const checked = parameters.get('HealthCheckPort') ?? 'traffic-port';
        groups.set(arn, { port: Number(parameters.get('Port')), checked, targets: new Map() });
      }
      if (action === 'DeleteTargetGroup') groups.delete(parameters.get('TargetGroupArn') ?? '');
      const group = groupOf(call);
      if (group === undefined) return;
      if (action === 'ModifyTargetGroup') group.checked = parameters.get('HealthCheckPort') ?? group.checked;
      for (const target of targetsIn(parameters, group.port)) {
        if (action === 'RegisterTargets') group.targets.set(keyOf(target), target);
        if (action === 'DeregisterTargets') group.targets.delete(keyOf(target));
      }
    },
    health(call, judge) {
      const group = groupOf(call);
      const asked = targetsIn(call.parameters, group?.port ?? 0).map(keyOf);
      const targets = [...(group?.targets.values() ?? [])].filter(
        (target) => asked.length === 0 || asked.includes(keyOf(target)),
      );
      return {
        status: 200,
        type: 'text/xml',
        body:
          '<DescribeTargetHealthResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeTargetHealthResult>' +
          `<TargetHealthDescriptions>${targets.map((target) => memberOf(target, group?.checked ?? '', judge)).join('')}</TargetHealthDescriptions>` +
          '</DescribeTargetHealthResult><ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></DescribeTargetHealthResponse>',
      };
    },
  };
}

const keyOf = ({ id, port }: Target): string => `${id}:${port}`;

/** A target without a port has that of its group. */
function targetsIn(parameters: URLSearchParams, port: number): Target[] {
  const numbers = [...parameters.keys()].flatMap((name) => /^Targets\.member\.(\d+)\.Id$/.exec(name)?.[1] ?? []);
  return numbers.map((number) => {
    const quicServerId = parameters.get(`Targets.member.${number}.QuicServerId`);
    return {
      id: parameters.get(`Targets.member.${number}.Id`) ?? '',
      port: Number(parameters.get(`Targets.member.${number}.Port`) ?? port),
      ...(quicServerId !== null && { quicServerId }),
    };
  });
}

function memberOf(target: Target, checked: string, judge: Judgement): string {
  const { state, reason } = judge(target) ?? { state: 'healthy' };
  const why = reason === undefined ? '' : `<Reason>${reason}</Reason><Description>${reason}</Description>`;
  const server = target.quicServerId === undefined ? '' : `<QuicServerId>${target.quicServerId}</QuicServerId>`;
  return (
    `<member><Target><Id>${target.id}</Id><Port>${target.port}</Port>${server}</Target>` +
    `<HealthCheckPort>${checked === 'traffic-port' ? target.port : checked}</HealthCheckPort><TargetHealth><State>${state}</State>${why}</TargetHealth></member>`
  );
}
