/** A JSON Schema, as far as ours go. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
}

/** The fields of an object in a short notation, such as `{ room, typing: boolean, ref?: string }`. */
export function fieldsOf({ properties = {}, required = [] }: Schema): string {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const constant = schema.const === undefined ? shortType(schema) : JSON.stringify(schema.const);
    return `${name}${required.includes(name) ? '' : '?'}: ${constant}`;
  });
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function shortType(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? '';
  // A longer list has a table of its own.
  if (schema.enum && schema.enum.length <= 4)
    return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  if (schema.anyOf) return schema.anyOf.map(shortType).join(' | ');
  if (schema.type === 'array') return `[${shortType(schema.items ?? {})}]`;
  if (schema.type === 'object') {
    const { additionalProperties: values } = schema;
    return typeof values === 'object' ? `{ [name]: ${shortType(values)} }` : fieldsOf(schema);
  }
  return [schema.type ?? 'any'].flat().join(' | ');
}
