import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress, clientHost } from '../../src/address.ts';

describe('clientAddress', () => {
  it.each([
    ['192.0.2.1', undefined, 0, '192.0.2.1'],
    ['::ffff:192.0.2.1', undefined, 0, '192.0.2.1'],
    ['::1', undefined, 0, '::1'],
    ['192.0.2.1', '198.51.100.7', 0, '192.0.2.1'],
    ['127.0.0.1', '198.51.100.7', 1, '198.51.100.7'],
    ['127.0.0.1', '203.0.113.9, 198.51.100.7', 1, '198.51.100.7'],
    ['127.0.0.1', '203.0.113.9, 198.51.100.7', 2, '203.0.113.9'],
    ['127.0.0.1', '198.51.100.7', 3, '198.51.100.7'],
    ['127.0.0.1', '198.51.100.7:4711', 1, '198.51.100.7'],
    ['127.0.0.1', '[2001:db8::1]:4711', 1, '2001:db8::1'],
    ['127.0.0.1', '::ffff:198.51.100.7', 1, '198.51.100.7'],
    ['127.0.0.1', undefined, 1, '127.0.0.1'],
    ['127.0.0.1', 'unknown', 1, '127.0.0.1'],
    ['127.0.0.1', ' , ,', 1, '127.0.0.1'],
    ['127.0.0.1', 'unknown, 198.51.100.7', 2, '198.51.100.7'],
    ['::ffff:abcd:1', undefined, 0, '::ffff:abcd:1'],
  ])('of peer %s with X-Forwarded-For %s behind %d proxies is %s', (peer, forwarded, proxies, address) => {
    expect(clientAddress(request(peer, { 'x-forwarded-for': forwarded }), proxies)).toBe(address);
  });
});

describe('clientHost', () => {
  it.each([
    ['chat.local:5000', undefined, 0, 'chat.local:5000'],
    ['chat.local:5000', 'chat.example', 0, 'chat.local:5000'],
    ['chat.local:5000', 'chat.example', 1, 'chat.example'],
    ['chat.local:5000', 'foe.example, chat.example', 1, 'chat.example'],
    ['chat.local:5000', 'foe.example, chat.example, inner.example', 2, 'chat.example'],
    ['chat.local:5000', 'chat.example', 2, 'chat.example'],
    ['chat.local:5000', undefined, 1, 'chat.local:5000'],
    [undefined, undefined, 0, ''],
  ])('of Host %s with X-Forwarded-Host %s behind %d proxies is %s', (host, forwarded, proxies, result) => {
    expect(clientHost(request('127.0.0.1', { host, 'x-forwarded-host': forwarded }), proxies)).toBe(result);
  });
});

function request(remoteAddress: string, headers: Record<string, string | undefined>): IncomingMessage {
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}
