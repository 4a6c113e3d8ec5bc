import asyncapiSpecs from '@asyncapi/specs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { clientFrameSchemas } from '../../src/protocol/client-frames.ts';
import { serverEvents } from '../../src/protocol/server-events.ts';
import { serverFrames } from '../../src/protocol/server-frames.ts';
import { startServer } from '../support/server.ts';
import { createCheck, fetchDocuments } from './published.ts';

describe('/asyncapi.json', () => {
  it('is a valid AsyncAPI 3.1 document', async () => {
    const { asyncapi } = await fetchDocuments(await startServer());
    expect(asyncapi.asyncapi).toBe('3.1.0');
    // The official schema brings its own copy of the schema of JSON Schema.
    const ajv = new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false });
    addFormats.default(ajv);
    const validate = ajv.compile(asyncapiSpecs.schemas['3.1.0']);
    expect(validate(asyncapi), ajv.errorsText(validate.errors)).toBe(true);
  });

  it('has every frame and event of the protocol, and no reference into the void', async () => {
    const { asyncapi } = await fetchDocuments(await startServer());
    expect(Object.keys(asyncapi.components.messages)).toEqual([
      ...Object.keys(clientFrameSchemas()).map((type) => `client.${type}`),
      ...Object.keys(serverFrames).map((type) => `server.${type}`),
      ...Object.keys(serverEvents).map((type) => `event.${type}`),
    ]);
    expect(danglingReferences(asyncapi)).toEqual([]);
  });

  it('tells a good frame from a bad one', async () => {
    const { asyncapi } = await fetchDocuments(await startServer());
    const check = createCheck(asyncapi);
    const join = '/components/messages/client.join/payload';
    expect(check(join, { type: 'join', room: 'attic', ref: '1' })).toBeUndefined();
    expect(check(join, { type: 'join' })).toContain('room');
    expect(check(join, { type: 'join', room: 'attic', ref: '' })).toContain('ref');
    expect(check('/components/schemas/User', { id: 'u1', name: 'Ann' })).toContain('typing');
  });
});

describe('/openapi.json', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const { openapi } = await fetchDocuments(await startServer());
    expect(openapi.openapi).toBe('3.1.0');
    const validator = new Validator();
    const { valid, errors } = await validator.validate(openapi);
    expect(valid, JSON.stringify(errors, null, 2)).toBe(true);
    expect(danglingReferences(openapi)).toEqual([]);
  });

  it('gives the ranges of parameters', async () => {
    const { openapi } = await fetchDocuments(await startServer());
    const { parameters } = openapi.paths['/api/room/{name}/history'].get;
    expect(parameters).toMatchObject([
      { name: 'name', in: 'path', required: true },
      { name: 'before', in: 'query', schema: { type: 'integer', exclusiveMinimum: 0 } },
      { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 100 } },
    ]);
  });
});

function danglingReferences(document: object): string[] {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]*)"/g)].map(([, to]) => to ?? '');
  return references.filter((reference) => {
    const steps = reference.split('/').slice(1);
    let at: unknown = document;
    for (const step of steps) at = (at as Record<string, unknown> | undefined)?.[step.replaceAll('~1', '/')];
    return at === undefined;
  });
}
