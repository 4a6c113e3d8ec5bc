import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { TestServer } from '../support/server.ts';

// biome-ignore lint/suspicious/noExplicitAny: documents are looked into at many depths
export type Document = any;

/** The two documents as a client gets them from the server. */
export async function fetchDocuments(server: TestServer): Promise<{ asyncapi: Document; openapi: Document }> {
  const [asyncapi, openapi] = await Promise.all([server.get('/asyncapi.json'), server.get('/openapi.json')]);
  return { asyncapi: asyncapi.body, openapi: openapi.body };
}

/**
 * Makes a check of values against the schemas in a published document.
 * @returns a function from a JSON pointer to a schema in the document, and a value, to what is wrong with it
 */
export function createCheck(document: Document): (pointer: string, value: unknown) => string | undefined {
  const ajv = document.openapi ? new Ajv2020(OPTIONS) : new Ajv(OPTIONS);
  addFormats.default(ajv);
  ajv.addSchema(document, 'document');
  return (pointer, value) => {
    const validate = ajv.getSchema(`document#${pointer}`);
    if (!validate) return `no schema at ${pointer}`;
    if (validate(value)) return undefined;
    return `${ajv.errorsText(validate.errors)} in ${JSON.stringify(value).slice(0, 300)}`;
  };
}

/** A key as one part of a JSON pointer in a URI. */
export function pointerPart(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}

// The documents around the schemas have keywords of their own.
const OPTIONS = { strict: false, allErrors: true, validateSchema: false };
