import { loadYaml } from '@kubernetes/client-node';
import * as z from 'zod';
import type { AddOn } from '../../core/model/add-on.ts';
import type { Template } from '../../core/model/fix.ts';

const value: z.ZodType<Template> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(value), fields]),
);
const fields = z.record(z.string(), value);

/** A cleaned answer has this in the place of what looks like a secret. */
const mark = '[redacted';

/**
 * The configuration of an add-on, which EKS takes as JSON or YAML; undefined where it is neither, and where something secret was left out
 * of it, so that nobody puts back less than was there.
 */
export function configurationOf(text: string | undefined): Extract<AddOn, { managed: true }>['configuration'] {
  if (text === undefined || text.trim() === '') return {};
  if (text.includes(mark)) return undefined;
  try {
    return fields.safeParse(loadYaml(text)).data;
  } catch {
    return undefined;
  }
}
