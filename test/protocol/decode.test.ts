import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClientFrame, clientFrameSchemas } from '../../src/protocol/client-frames.ts';
import { createDecoder, isHeartbeat } from '../../src/protocol/decode.ts';
import { errorCodes } from '../../src/protocol/errors.ts';
import { TEXT_MAX } from '../../src/protocol/limits.ts';
import { anyText } from './any-text.ts';

const decode = createDecoder(TEXT_MAX);
const types = Object.keys(clientFrameSchemas());
const anyValue = fc.oneof(fc.jsonValue({ maxDepth: 4 }), anyText, fc.double());
const anyObject = fc.dictionary(
  fc.oneof(
    fc.constantFrom('room', 'text', 'to', 'name', 'typing', 'after', 'before', 'limit', 'ts', 'ref'),
    anyText,
  ),
  anyValue,
);

/** A frame or a mistake from the catalogue; whatever throws fails the test. */
function expectDecoded(json: string): void {
  const decoded = decode(json);
  if (decoded.ok) {
    expect(types).toContain(decoded.frame.type);
  } else {
    expect(errorCodes).toContain(decoded.mistake.code);
    expect(decoded.mistake.message.length).toBeLessThan(500);
  }
  if (decoded.ref !== undefined) {
    expect(decoded.ref.isWellFormed()).toBe(true);
    expect([...decoded.ref].length).toBeLessThanOrEqual(64);
  }
}

describe('the decoder', () => {
  it('never throws on bytes of any kind', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expectDecoded(Buffer.from(bytes).toString())),
      { numRuns: 3_000 },
    );
  });

  it('never throws on text or JSON of any kind', () => {
    fc.assert(fc.property(fc.oneof(anyText, fc.json()), expectDecoded), { numRuns: 3_000 });
  });

  it('never throws on an object with any fields', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...types), anyValue), anyObject, (type, rest) =>
        expectDecoded(JSON.stringify({ ...rest, type })),
      ),
      { numRuns: 5_000 },
    );
  });

  it('makes of a frame what the schema of its type makes of it', () => {
    const word = fc.oneof(anyText, fc.constantFrom('general', 'General', 'a', '--', '-_x', '9', ' padded '));
    const fields = { room: word, text: word, ref: fc.stringMatching(/^[a-z]{1,64}$/), more: anyValue };
    const frames = fc.record(
      { type: fc.constantFrom('message', 'join'), ...fields },
      { requiredKeys: ['type'] },
    );
    const schemas = clientFrameSchemas(10);
    const decodeShort = createDecoder(10);
    fc.assert(
      fc.property(frames, (frame) => {
        const json = JSON.stringify(frame);
        const parsed = schemas[frame.type as 'message'].safeParse(JSON.parse(json));
        const decoded = decodeShort(json);
        expect(decoded.ok && decoded.frame).toStrictEqual(parsed.success && parsed.data);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is not shaken by deep nesting', () => {
    for (const opening of ['[', '{"a":', '{"type":"message","room":[', '{"type":"ping","ts":{"a":']) {
      const depth = Math.floor(65_000 / opening.length);
      expectDecoded(opening.repeat(depth));
    }
    expectDecoded(`{"type":"message","text":"x","room":${'['.repeat(30_000)}${']'.repeat(30_000)}}`);
  });

  it.each([
    ['', 'bad_json'],
    ['{"type":"ping"', 'bad_json'],
    ['[]', 'bad_frame'],
    ['null', 'bad_frame'],
    ['"ping"', 'bad_frame'],
    ['{}', 'bad_frame'],
    ['{"type":7}', 'bad_frame'],
    ['{"type":"__proto__"}', 'unknown_type'],
    ['{"type":"constructor"}', 'unknown_type'],
    ['{"type":"Message"}', 'unknown_type'],
    ['{"__proto__":{"type":"ping"}}', 'bad_frame'],
    ['{"type":"message","room":"general"}', 'bad_frame'],
    ['{"type":"message","__proto__":{"text":"x"},"room":"general"}', 'bad_frame'],
    ['{"type":"message","room":"general","text":" "}', 'empty'],
    ['{"type":"message","room":"!!","text":"x"}', 'bad_name'],
    ['{"type":"message","room":"!!","text":7}', 'bad_frame'],
    ['{"type":"typing","room":"general","typing":"yes"}', 'bad_frame'],
    ['{"type":"get_history","room":"general","limit":0}', 'bad_frame'],
    ['{"type":"get_history","room":"general","limit":101}', 'bad_frame'],
    ['{"type":"get_history","room":"general","before":1.5}', 'bad_frame'],
    ['{"type":"get_rooms","limit":1e400}', 'bad_frame'],
  ])('%s is %s', (json, code) => {
    expect(decode(json)).toMatchObject({ ok: false, mistake: { code } });
  });

  it.each([
    ['[]', 'Bad frame: not a JSON object'],
    ['{"type":"quit","ref":""}', 'Bad frame: "ref" must be a string of 1 to 64 characters'],
    ['{"type":7}', 'Bad frame: "type" must be a string'],
    ['{"type":"bogus"}', 'Unknown type: bogus'],
    ['{"type":"typing","room":"attic","typing":7}', /^Bad frame: "typing" of typing: .*boolean/],
    ['{"type":"message","room":"!!","text":7}', /^Bad frame: "text" of message: .*string/],
    ['{"type":"message","room":"!!","text":" "}', 'Bad room name: !!'],
  ])('says of %s what is wrong', (json, message) => {
    const decoded = decode(json);
    expect(decoded.ok ? '' : decoded.mistake.message).toMatch(message);
  });

  it('tells of which type a bad frame is, if it says so', () => {
    for (const json of ['{"type":"join","ref":7}', '{"type":"join"}', '{"type":"join","room":"!!"}']) {
      expect(decode(json)).toMatchObject({ ok: false, type: 'join' });
    }
    expect(decode('{"type":"bogus","ref":"r1"}')).toMatchObject({ type: 'bogus' });
    for (const json of ['{', '[]', '{"type":7}', '{"type":7,"ref":7}']) {
      expect(decode(json)).toEqual(expect.objectContaining({ ok: false, type: undefined }));
    }
  });

  it('takes heartbeats apart from all else', () => {
    const heartbeats = types.filter((type) => isHeartbeat({ type } as ClientFrame));
    expect(heartbeats).toEqual(['ping', 'pong']);
  });

  it('lets the last of several equal keys decide, as JSON does', () => {
    expect(
      decode('{"type":"quit","type":"message","room":"x","room":"Attic","text":"a","text":"b"}'),
    ).toMatchObject({ ok: true, frame: { type: 'message', room: 'attic', text: 'b' } });
  });

  it('gives a ref back with a mistake', () => {
    expect(decode('{"type":"nope","ref":"r1"}')).toMatchObject({ ok: false, ref: 'r1' });
    expect(decode('{"type":"message","ref":"r1"}')).toMatchObject({ ok: false, ref: 'r1' });
    expect(decode('{"ref":"r1"}')).toMatchObject({ ok: false, ref: 'r1' });
  });

  it.each(['""', '7', 'null', '{}', '["r"]', 'true', '"\\ud800"', JSON.stringify('r'.repeat(65))])(
    'refuses the ref %s, whatever the frame',
    (ref) => {
      for (const type of [...types, 'nope']) {
        const decoded = decode(`{"type":"${type}","room":"general","text":"x","ref":${ref}}`);
        expect(decoded).toMatchObject({ ok: false, mistake: { code: 'bad_frame' } });
        expect(decoded.ref).toBeUndefined();
      }
    },
  );

  it('takes a ref of 64 characters of two units each', () => {
    const ref = '😀'.repeat(64);
    expect(decode(JSON.stringify({ type: 'quit', ref }))).toMatchObject({ ok: true, ref });
  });
});
