import { fileURLToPath } from 'node:url';
import type { SchemaObject } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The JSON Schema of a type in `message-types.ts`, with what the declarations say of each field as its `description`. */
export const schemaOf = (type: string): SchemaObject =>
  createGenerator({
    path: path('message-types.ts'),
    tsconfig: path('../tsconfig.json'),
    type,
    skipTypeCheck: true,
    jsDoc: 'extended',
  }).createSchema(type) as SchemaObject;
