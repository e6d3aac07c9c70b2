import * as z from 'zod';
import { configSchema } from '../../config/schema.ts';

/** What of JSON Schema the configuration is described with. */
export interface Schema {
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  minimum?: number;
  maximum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | false;
  propertyNames?: Schema;
}

/** The configuration as a person may give it, with defaults left out. */
export const configJsonSchema = (): Schema => z.toJSONSchema(configSchema, { io: 'input' }) as Schema;
