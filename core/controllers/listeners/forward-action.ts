import type { Listener } from '../../model/aws.ts';

/** Where a listener forwards to, as the AWS CLI takes it in `--default-actions`. */
export function forwardAction(forwards: Listener['forwards']): string {
  const [first, ...others] = forwards;
  if (first !== undefined && others.length === 0 && first.weight !== 0)
    return `Type=forward,TargetGroupArn=${first.targetGroupArn}`;
  const groups = forwards.map(
    ({ targetGroupArn, weight = 1 }) => `{TargetGroupArn=${targetGroupArn},Weight=${weight}}`,
  );
  return `Type=forward,ForwardConfig={TargetGroups=[${groups.join(',')}]}`;
}
