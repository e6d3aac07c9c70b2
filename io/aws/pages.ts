import { InvalidAnswer } from './read-error.ts';

/** No account has so many pages; a service that gives new tokens for ever is stopped here. */
const mostPages = 2000;

interface Page {
  NextToken?: string | undefined;
  NextMarker?: string | undefined;
  nextToken?: string | undefined;
}

/**
 * The pages that a paginator of the SDK gives, up to their end. Throws InvalidAnswer when a token comes twice or there is no end:
 * the paginator itself would go on for ever, or stop as if all had been read.
 */
export async function* pages<Answer extends object>(paginator: AsyncIterable<Answer>): AsyncGenerator<Answer> {
  const seen = new Set<string>();
  for await (const page of paginator) {
    yield page;
    const token = tokenOf(page);
    if (!token) continue;
    if (seen.has(token)) throw new InvalidAnswer('AWS gave the same pagination token twice');
    if (seen.size === mostPages) throw new InvalidAnswer(`the list has no end: ${mostPages} pages`);
    seen.add(token);
  }
}

const tokenOf = ({ NextToken, NextMarker, nextToken }: Page): string | undefined =>
  NextToken ?? NextMarker ?? nextToken;
