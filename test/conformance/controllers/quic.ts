import type { QueryCall } from './load-balancing-gaps.ts';

/** QUIC for moto, which knows only the protocols of before: it is given the nearest of them, and its answers get the real one. */
export interface QuicProtocols {
  /** The call as moto can take it. */
  asKnownToMoto(call: QueryCall): QueryCall;
  /** Learns from a call that moto has carried out. */
  note(call: QueryCall, answer: string): void;
  /** The answer with the protocols of target groups and listeners that were made with QUIC. */
  complete(answer: string): string;
}

const nearest: Record<string, string> = { QUIC: 'UDP', TCP_QUIC: 'TCP_UDP' };

export function noQuic(): QuicProtocols {
  /** By ARN of the target group or listener. */
  const protocols = new Map<string, string>();
  return {
    asKnownToMoto(call) {
      const near = nearest[call.parameters.get('Protocol') ?? ''];
      if (near === undefined) return call;
      const parameters = new URLSearchParams(call.parameters);
      parameters.set('Protocol', near);
      return { ...call, parameters };
    },
    note({ action, parameters }, answer) {
      const protocol = parameters.get('Protocol');
      const [, kind] = /^(?:Create|Modify)(TargetGroup|Listener)$/.exec(action) ?? [];
      if (kind === undefined || protocol === null) return;
      const arn = new RegExp(`<${kind}Arn>([^<]*)<`).exec(answer)?.[1] ?? '';
      if (protocol in nearest) protocols.set(arn, protocol);
      else protocols.delete(arn);
    },
    complete(answer) {
      const kind = answer.includes('<Listeners>') ? 'Listener' : 'TargetGroup';
      const each = new RegExp(`(<${kind}Arn>([^<]*)</${kind}Arn>)(.*?)(?=<${kind}Arn>|</${kind}s>)`, 'gs');
      return answer.replace(each, (member, own, arn, rest) => {
        const protocol = protocols.get(arn);
        return protocol === undefined ? member : `${own}${rest.replace(/<Protocol>[^<]*</, `<Protocol>${protocol}<`)}`;
      });
    },
  };
}
