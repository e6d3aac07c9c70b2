import type { Event, TargetGroupBinding } from '../../core/model/kubernetes.ts';
import { metadata, takenAt, targetGroupArn } from './sample-facts.ts';

/** The binding of the sample's target group; with ports the controller is to open them for the load balancer. */
export const binding = (ports?: number[]): TargetGroupBinding => ({
  metadata: metadata('k8s-shop-web-0123456789', 'shop'),
  spec: {
    targetGroupARN: targetGroupArn,
    serviceRef: { name: 'web', port: 80 },
    ...(ports !== undefined && {
      networking: {
        ingress: [
          { from: [{ groupId: 'sg-0000000000000000b' }], ports: ports.map((port) => ({ port, protocol: 'TCP' })) },
        ],
      },
    }),
  },
});

/** A warning of the controller about the binding, a minute old. */
export const reconcileError = (reason: string, note: string, change: Partial<Event> = {}): Event => ({
  namespace: 'shop',
  regarding: { kind: 'TargetGroupBinding', name: 'k8s-shop-web-0123456789', namespace: 'shop' },
  type: 'Warning',
  reason,
  note,
  count: 3,
  firstSeen: '2026-11-20T11:40:00Z',
  lastSeen: '2026-11-20T11:59:00Z',
  ...change,
});

/** The controller's word of success about the binding. */
export const success = (lastSeen = takenAt): Event =>
  reconcileError('SuccessfullyReconciled', 'Successfully reconciled', { type: 'Normal', lastSeen });
