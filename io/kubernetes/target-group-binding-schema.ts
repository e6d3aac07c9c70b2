import * as z from 'zod';
import { flag, labelSelector, listOf, managedMetadata, portNumberOrName, text } from './shapes.ts';

/** One TargetGroupBinding as the API server answers, as far as it is kept. */
export const binding = z.object({
  metadata: managedMetadata,
  spec: z.object({
    targetGroupARN: text,
    targetGroupName: text,
    targetType: text,
    serviceRef: z.object({ name: z.string(), port: portNumberOrName }),
    networking: z
      .object({
        ingress: listOf(
          z.object({
            from: listOf(
              z.object({
                securityGroup: z.object({ groupID: z.string() }).nullish(),
                ipBlock: z.object({ cidr: z.string() }).nullish(),
              }),
            ),
            ports: listOf(z.object({ port: portNumberOrName.nullish(), protocol: text })),
          }),
        ),
      })
      .nullish(),
    nodeSelector: labelSelector.nullish(),
    multiClusterTargetGroup: flag,
  }),
});
