import { ServiceError } from './service-error.ts';

/** Limits of a paged action; `standard` is the page size when the caller names none. */
export interface PageLimits {
  min: number;
  max: number;
  standard: number;
}

interface PageRequest {
  size: string | undefined;
  token: string | undefined;
  limits: PageLimits;
  /** The service's error code for a bad size or token. */
  code: string;
}

/** Cuts one page out of `items`; `next` is the token of the following page, absent on the last one. */
export function page<Item>(items: Item[], request: PageRequest): { items: Item[]; next?: string } {
  const size = pageSize(request);
  const start = request.token === undefined ? 0 : offset(request.token, request.code);
  const end = start + size;
  const cut = items.slice(start, end);
  return end < items.length ? { items: cut, next: tokenOf(end) } : { items: cut };
}

function pageSize({ size, limits, code }: PageRequest): number {
  if (size === undefined) return limits.standard;
  const wanted = Number(size);
  if (Number.isInteger(wanted) && wanted >= limits.min && wanted <= limits.max) return wanted;
  throw new ServiceError(
    code,
    `Value (${size}) for the page size is invalid. Expecting ${limits.min} to ${limits.max}.`,
  );
}

const tokenOf = (start: number): string => Buffer.from(`page:${start}`).toString('base64url');

function offset(token: string, code: string): number {
  const start = /^page:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (start === undefined) throw new ServiceError(code, 'The token for the next page is not valid.');
  return Number(start);
}
