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
