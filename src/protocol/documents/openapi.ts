import { z } from 'zod';
import { historyQuery, restAnswers, roomsQuery, usersQuery } from '../rest.ts';
import { serverEvents } from '../server-events.ts';
import { createSchemaWriter, type JsonSchema } from './json-schema.ts';
import { serverEventSummaries } from './summaries.ts';

/**
 * The HTTP endpoints as an OpenAPI document, made from the schemas that check queries and answers.
 * @param version of the server
 */
export function openapiDocument(version: string): object {
  const { shared, write } = createSchemaWriter('draft-2020-12');
  shared.Error = { ...write(restAnswers.error), description: 'What was wrong, in words' };
  shared.Health = { ...write(restAnswers.health), description: 'Whether the server takes traffic' };

  return {
    openapi: '3.1.0',
    info: {
      title: 'Troupe',
      version,
      description:
        'What can be asked of the chat server over HTTP. Rooms are public. HEAD works wherever GET does; ' +
        'times are seconds since the epoch; lengths count Unicode code points. The chat itself runs over the ' +
        'WebSocket at /ws/chat, which asyncapi.json describes together with the events of /events.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://localhost:5000' }],
    security: [],
    paths: {
      '/api/rooms': get('listRooms', 'All rooms, sorted by name', {
        parameters: query(roomsQuery, { after: 'Only rooms whose names come after this one', limit: ROWS }),
        responses: { ...json(write(restAnswers.rooms), 'A page of rooms'), ...refused('BadRequest') },
      }),
      '/api/room/{name}/history': get('listEntries', 'The past entries of a room, oldest first', {
        parameters: [
          ROOM,
          ...query(historyQuery, { before: 'Only entries older than the one of this id', limit: ROWS }),
        ],
        responses: {
          ...json(write(restAnswers.history), 'The newest entries, or the newest before an id'),
          ...refused('BadRequest', 'NotFound'),
        },
      }),
      '/api/room/{name}/users': get('listUsers', 'The members of a room, sorted by name', {
        parameters: [
          ROOM,
          ...query(usersQuery, { after: 'Only users whose names come after this one', limit: ROWS }),
        ],
        responses: {
          ...json(write(restAnswers.users), 'A page of users'),
          ...refused('BadRequest', 'NotFound'),
        },
      }),
      '/api/stats': get('readStats', 'The server in numbers', {
        responses: json(write(restAnswers.stats), 'As of now'),
      }),
      '/events': get('subscribe', 'What happens on the server, as it happens', eventsOperation(write)),
      '/ws/chat': get('chat', 'The WebSocket that asyncapi.json describes', {
        responses: { 101: { description: 'Upgraded' }, ...refused('Forbidden', 'UpgradeRequired') },
      }),
      '/healthz': get('readHealth', 'Whether the process is alive', {
        responses: json({ $ref: '#/components/schemas/Health' }, 'Alive'),
      }),
      '/readyz': get('readReadiness', 'Whether the server takes traffic', {
        responses: {
          ...json({ $ref: '#/components/schemas/Health' }, 'Taking traffic'),
          ...json({ $ref: '#/components/schemas/Health' }, 'Starting or draining', 503),
        },
      }),
      '/asyncapi.json': get('readAsyncapi', 'The WebSocket and the events, described', {
        responses: json({ type: 'object', required: ['asyncapi'] }, 'An AsyncAPI document'),
      }),
      '/openapi.json': get('readOpenapi', 'This document', {
        responses: json({ type: 'object', required: ['openapi'] }, 'An OpenAPI document'),
      }),
    },
    components: { responses: errorResponses(), schemas: shared },
  };
}

const ROWS = 'Rows at most';

const ROOM = {
  name: 'name',
  in: 'path',
  required: true,
  description: 'A room name in any writing, percent-encoded',
  schema: { type: 'string' },
};

/** What any operation may come to, besides what it says itself. */
const errors = {
  BadRequest: [400, 'A parameter is malformed or out of range'],
  Forbidden: [403, 'The page that asks is of a foreign origin'],
  NotFound: [404, 'There is no such room'],
  MethodNotAllowed: [405, 'The answer to any method other than GET and HEAD'],
  UpgradeRequired: [426, 'The request does not ask for a WebSocket'],
  InternalError: [500, 'A fault of the server'],
} as const;

type ErrorName = keyof typeof errors;

function get(operationId: string, summary: string, operation: { responses: object; parameters?: object[] }) {
  const responses = { ...operation.responses, ...refused('MethodNotAllowed', 'InternalError') };
  return { get: { operationId, summary, ...operation, responses } };
}

function json(schema: JsonSchema, description: string, status = 200): object {
  return { [status]: { description, content: { 'application/json': { schema } } } };
}

function refused(...names: ErrorName[]): object {
  return Object.fromEntries(
    names.map((name) => [errors[name][0], { $ref: `#/components/responses/${name}` }]),
  );
}

function errorResponses(): object {
  return Object.fromEntries(
    Object.entries(errors).map(([name, [status, description]]) => [
      name,
      {
        description,
        ...(status === 405 && { headers: { Allow: { schema: { const: 'GET, HEAD' } } } }),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    ]),
  );
}

/** Parameters of a query as they are on the wire, with the ranges of its schema. */
function query(schema: z.ZodType, descriptions: Record<string, string>): object[] {
  const { properties = {} } = z.toJSONSchema(schema);
  return Object.entries(properties).map(([name, each]) => ({
    name,
    in: 'query',
    description: descriptions[name],
    schema: each,
  }));
}

function eventsOperation(write: (schema: z.ZodType) => JsonSchema) {
  return {
    parameters: [
      {
        name: 'Last-Event-ID',
        in: 'header',
        description: 'The id of the last event received; what came after it is sent first',
        schema: { type: 'string' },
      },
      {
        name: 'lastEventId',
        in: 'query',
        description: 'The same, for clients that cannot set headers',
        schema: { type: 'string' },
      },
    ],
    responses: {
      200: {
        description: 'Events until either side ends it',
        headers: {
          'Cache-Control': { schema: { const: 'no-cache' } },
          'X-Accel-Buffering': { schema: { const: 'no' } },
        },
        content: {
          'text/event-stream': {
            schema: { type: 'string', description: 'Fields `event`, `data` (JSON) and mostly `id`' },
            'x-events': Object.fromEntries(
              Object.entries(serverEvents).map(([type, schema]) => [
                type,
                { summary: serverEventSummaries[type as keyof typeof serverEvents], data: write(schema) },
              ]),
            ),
          },
        },
      },
    },
  };
}
