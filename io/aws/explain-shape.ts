import type * as z from 'zod';

/** Where an answer differs from its shape, without the value that is there. */
export const explainShape = ({ issues: [issue] }: z.ZodError): string =>
  `${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? ''}`;
