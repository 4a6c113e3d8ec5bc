import { z } from 'zod';
import { roomName, userName } from '../entities.ts';
import { ROOM_NAME_MAX, USER_NAME_MAX } from '../limits.ts';

export type JsonSchema = { [keyword: string]: unknown };

/**
 * Makes the function that turns zod schemas into the JSON Schemas of one document. Schemas that have an id of
 * their own (Entry, User) are collected in `shared` and referred to.
 * @param target the dialect that the document's format builds on
 */
export function createSchemaWriter(target: 'draft-7' | 'draft-2020-12') {
  const shared: Record<string, JsonSchema> = {};

  function write(schema: z.ZodType, io?: 'input'): JsonSchema {
    const { $schema, definitions, $defs, ...own } = z.toJSONSchema(schema, {
      target,
      io,
      override: ({ zodSchema, jsonSchema }) => {
        const max = lengths.get(zodSchema);
        if (max !== undefined) jsonSchema.maxLength = max;
        // That a number is safe in JavaScript is said once, in prose.
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      },
    }) as JsonSchema;
    for (const [name, each] of Object.entries((definitions ?? $defs ?? {}) as Record<string, JsonSchema>)) {
      shared[name] = relocated(each);
    }
    return relocated(own);
  }

  return { shared, write };
}

/** zod counts UTF-16 units; JSON Schema, like the contract, counts code points. */
const lengths = new Map<unknown, number>([
  [userName, USER_NAME_MAX],
  [roomName, ROOM_NAME_MAX],
]);

function relocated(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === '$ref' ? value.replace(/#\/(definitions|\$defs)\//, '#/components/schemas/') : value,
  );
}
