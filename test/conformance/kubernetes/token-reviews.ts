import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../../lab/wire/listen.ts';

interface TokenReviews {
  url: string;
  close(): Promise<void>;
}

interface User {
  username: string;
  groups: string[];
}

/** The webhook that an API server asks about tokens which it does not know; in EKS that is aws-iam-authenticator. */
export async function serveTokenReviews(identify: (token: string) => User | undefined): Promise<TokenReviews> {
  const server = createServer(async (request, response) => {
    const review: { spec: { token: string } } = JSON.parse(await text(request));
    const user = identify(review.spec.token);
    const status = user === undefined ? { authenticated: false } : { authenticated: true, user };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', status }));
  });
  const { port, close } = await listen(server);
  return { url: `http://127.0.0.1:${port}/`, close };
}
