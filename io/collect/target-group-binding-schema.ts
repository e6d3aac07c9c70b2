import * as z from 'zod';

const text = z.record(z.string(), z.string());
const portNumberOrName = z.union([z.number(), z.string()]);
const selector = z.object({
  matchLabels: text.exactOptional(),
  matchExpressions: z
    .array(z.object({ key: z.string(), operator: z.string(), values: z.array(z.string()).exactOptional() }))
    .exactOptional(),
});

const binding = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    creationTimestamp: z.coerce.date(),
    deletionTimestamp: z.coerce.date().exactOptional(),
    generation: z.number().exactOptional(),
    labels: text.exactOptional(),
    annotations: text.exactOptional(),
    ownerReferences: z
      .array(
        z.object({
          kind: z.string(),
          name: z.string(),
          uid: z.string(),
          apiVersion: z.string(),
          controller: z.boolean().exactOptional(),
        }),
      )
      .exactOptional(),
  }),
  spec: z.object({
    targetGroupARN: z.string().exactOptional(),
    targetGroupName: z.string().exactOptional(),
    targetType: z.string().exactOptional(),
    serviceRef: z.object({ name: z.string(), port: portNumberOrName }),
    networking: z
      .object({
        ingress: z
          .array(
            z.object({
              from: z
                .array(
                  z.object({
                    securityGroup: z.object({ groupID: z.string() }).exactOptional(),
                    ipBlock: z.object({ cidr: z.string() }).exactOptional(),
                  }),
                )
                .exactOptional(),
              ports: z
                .array(z.object({ port: portNumberOrName.exactOptional(), protocol: z.string().exactOptional() }))
                .exactOptional(),
            }),
          )
          .exactOptional(),
      })
      .exactOptional(),
    nodeSelector: selector.exactOptional(),
    multiClusterTargetGroup: z.boolean().exactOptional(),
  }),
});

/** One page of TargetGroupBindings as the API server answers; fields that are not kept are dropped. */
export const bindingPage = z.object({
  items: z.array(binding),
  metadata: z.object({ continue: z.string().exactOptional() }).exactOptional(),
});

export type BindingAnswer = z.infer<typeof binding>;
