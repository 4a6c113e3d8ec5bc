import type { z } from 'zod';
import { clientFrameSchemas } from '../client-frames.ts';
import { closeCodes } from '../close-codes.ts';
import { ref } from '../entities.ts';
import { FRAME_MAX_BYTES } from '../limits.ts';
import { type ServerEventType, serverEvents } from '../server-events.ts';
import { serverFrames } from '../server-frames.ts';
import { createSchemaWriter, type JsonSchema } from './json-schema.ts';
import {
  clientFrameSummaries,
  closeSummaries,
  errorSummaries,
  serverEventSummaries,
  serverFrameSummaries,
} from './summaries.ts';

/**
 * The WebSocket and the event stream as an AsyncAPI document, made from the schemas that check the traffic.
 * @param version of the server
 */
export function asyncapiDocument(version: string): object {
  const { shared, write } = createSchemaWriter('draft-7');

  const client = messages('client', clientFrameSchemas(), clientFrameSummaries, (schema) =>
    withRef(write(schema, 'input')),
  );
  const server = messages('server', serverFrames, serverFrameSummaries, (schema) => write(schema));
  const events = messages('event', serverEvents, serverEventSummaries, (schema) => write(schema));
  for (const type of eventsWithId) events[`event.${type}`] = { ...events[`event.${type}`], 'x-sse-id': true };

  return {
    asyncapi: '3.1.0',
    info: {
      title: 'Troupe',
      version,
      description:
        'Chat over a WebSocket, and what happens on the server as a stream of server-sent events. ' +
        'JSON in UTF-8; times are seconds since the epoch; lengths count Unicode code points. ' +
        'docs/PROTOCOL.md tells how it all plays together.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: {
      websocket: { host: 'localhost:5000', protocol: 'ws' },
      http: { host: 'localhost:5000', protocol: 'http' },
    },
    channels: {
      chat: chatChannel(Object.keys(client), Object.keys(server)),
      events: eventsChannel(Object.keys(events)),
    },
    operations: {
      receiveFrame: operation('receive', 'chat', Object.keys(client), 'A client sends a frame'),
      sendFrame: operation('send', 'chat', Object.keys(server), 'The server sends a frame'),
      sendEvent: operation('send', 'events', Object.keys(events), 'The server pushes an event'),
    },
    components: { messages: { ...client, ...server, ...events }, schemas: shared },
  };

  /** `ref` is checked before the frame's own schema is asked. */
  function withRef(schema: JsonSchema): JsonSchema {
    const properties = schema.properties as JsonSchema;
    const description = 'Repeated by the direct answer or the error';
    return { ...schema, properties: { ...properties, ref: { ...write(ref), description } } };
  }
}

const eventsWithId: ServerEventType[] = [
  'user_connected',
  'user_disconnected',
  'room_created',
  'room_deleted',
];

function messages<T extends string>(
  side: 'client' | 'server' | 'event',
  schemas: Record<T, z.ZodType>,
  summaries: Record<T, string>,
  payload: (schema: z.ZodType) => JsonSchema,
): Record<string, object> {
  const named = (Object.entries(schemas) as [T, z.ZodType][]).map(([type, schema]) => [
    // Both sides have a `message`, so a key says whose it is.
    `${side}.${type}`,
    { name: type, title: `${type} (${side})`, summary: summaries[type], payload: payload(schema) },
  ]);
  return Object.fromEntries(named);
}

function chatChannel(clientKeys: string[], serverKeys: string[]): object {
  return {
    address: '/ws/chat',
    title: 'Chat',
    description: [
      `One JSON object in each text frame, of at most ${FRAME_MAX_BYTES} bytes. The first frame from the server is`,
      '`connected` or `resumed`. Pages of foreign origins are refused with 403.',
    ].join(' '),
    servers: [{ $ref: '#/servers/websocket' }],
    messages: references(clientKeys.concat(serverKeys), '#/components/messages/'),
    bindings: {
      ws: {
        method: 'GET',
        query: {
          type: 'object',
          properties: {
            name: { type: 'string', description: 'The wished-for name; a taken one gets a number' },
            session: { type: 'string', description: 'The secret from an earlier `connected`, to resume' },
            lastMsgId: {
              type: 'string',
              description: 'The greatest id received so far; absent or 0 asks for all that is kept',
            },
          },
        },
        bindingVersion: '0.1.0',
      },
    },
    'x-close-codes': Object.entries(closeCodes).map(([name, { code, reason, reconnect }]) => ({
      code,
      reason,
      reconnect,
      description: closeSummaries[name as keyof typeof closeCodes],
    })),
    'x-error-codes': errorSummaries,
  };
}

function eventsChannel(keys: string[]): object {
  return {
    address: '/events',
    title: 'Events',
    description: [
      'A `text/event-stream`: a message’s name is the `event` field, its payload the JSON in `data`.',
      'Those with `x-sse-id` carry an `id`; the last 50 of them are kept for whoever comes back with',
      '`Last-Event-ID`, as a header or as the query parameter `lastEventId`.',
    ].join(' '),
    servers: [{ $ref: '#/servers/http' }],
    messages: references(keys, '#/components/messages/'),
  };
}

function operation(action: 'send' | 'receive', channel: string, keys: string[], summary: string): object {
  return {
    action,
    channel: { $ref: `#/channels/${channel}` },
    summary,
    messages: keys.map((key) => ({ $ref: `#/channels/${channel}/messages/${key}` })),
  };
}

function references(keys: string[], base: string): object {
  return Object.fromEntries(keys.map((key) => [key, { $ref: base + key }]));
}
