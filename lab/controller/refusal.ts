import type { ControllerName } from './controller-of.ts';

/** A controller gives up on a Service: `reason` and `message` are those of the Event that it writes. */
export class Refusal extends Error {
  readonly reason: string;

  private constructor(reason: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.reason = reason;
  }

  /** The controller cannot make sense of the Service. */
  static toBuild(controller: ControllerName, detail: string): Refusal {
    return controller !== 'ccm'
      ? new Refusal('FailedBuildModel', `Failed build model due to ${detail}`)
      : Refusal.toSync(detail);
  }

  /** Elastic Load Balancing answers ValidationError to the call that makes or changes the target group. */
  static toDeploy(
    controller: ControllerName,
    { call, detail }: { call: 'CreateTargetGroup' | 'ModifyTargetGroup'; detail: string },
  ): Refusal {
    return Refusal.ofDeploy(
      controller,
      `operation error Elastic Load Balancing v2: ${call}, https response error StatusCode: 400, ` +
        `api error ValidationError: ${detail}`,
    );
  }

  /** AWS or Kubernetes answers with this error while the controller writes what it has worked out. */
  static ofDeploy(controller: ControllerName, answer: string): Refusal {
    return controller !== 'ccm'
      ? new Refusal('FailedDeployModel', `Failed deploy model due to ${answer}`)
      : Refusal.toSync(answer);
  }

  private static toSync(detail: string): Refusal {
    return new Refusal(
      'SyncLoadBalancerFailed',
      `Error syncing load balancer: failed to ensure load balancer: ${detail}`,
    );
  }
}
