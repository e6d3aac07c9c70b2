import { HttpRequest } from '@smithy/protocol-http';
import type { MetadataBearer, Pluggable } from '@smithy/types';

/** Where a call goes. */
export interface Host {
  host: string;
  port: number;
}

/** Middleware of a command that notes the host which Region and environment give to it, and does not send it. */
export function unsent<Input extends object, Output extends MetadataBearer>(
  note: (host: Host) => void,
): Pluggable<Input, Output> {
  return {
    applyToStack(stack) {
      stack.add(
        () =>
          async ({ request }) => {
            if (HttpRequest.isInstance(request)) {
              const { hostname, port, protocol } = request;
              note({ host: hostname, port: port ?? (protocol === 'http:' ? 80 : 443) });
            }
            return { response: undefined, output: { $metadata: {} } as Output };
          },
        { step: 'build', name: 'noteHost' },
      );
    },
  };
}
