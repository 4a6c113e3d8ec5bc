import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands, helpText, interpret, isCommand, isPublic, literal } from '../../src/commands/registry.ts';
import { errorCodes } from '../../src/protocol/errors.ts';
import { anyText } from '../protocol/any-text.ts';

describe.each(commands)('/$name', (command) => {
  const { name, usage, summary } = command;
  const needsArguments = usage.includes('<');
  const example = { join: 'attic', pm: 'Ann hello', nick: 'Ann', me: 'waves' }[name] ?? '';

  it('is in the help, with its usage and what it does', () => {
    const line = helpText()
      .split('\n')
      .find((each) => each.startsWith(`${usage} `));
    expect(line).toContain(summary);
  });

  it('is written as its usage says, in lower case', () => {
    expect(usage).toMatch(new RegExp(`^/${name}( |$)`));
    expect(name).toBe(name.toLowerCase());
  });

  it('is understood in any case, with any space behind it', () => {
    const expected = interpret(`/${name} ${example}`, 'general');
    expect(expected.ok).toBe(true);
    for (const written of [name.toUpperCase(), `${name[0]?.toUpperCase()}${name.slice(1)}`]) {
      expect(interpret(`/${written} ${example}`, 'general')).toEqual(expected);
      expect(interpret(`/${written} \n\t ${example}`, 'general')).toEqual(expected);
    }
  });

  it('says how it is used when it lacks its arguments', () => {
    if (!needsArguments) return;
    for (const text of [`/${name}`, `/${name}   `]) {
      expect(interpret(text, 'general')).toMatchObject({ ok: false, mistake: { code: 'bad_usage' } });
      const result = interpret(text, 'general');
      expect(result.ok ? '' : result.mistake.message).toContain(usage);
    }
  });

  it('says how it is used when it has arguments and takes none', () => {
    if (usage.includes(' ')) return;
    expect(interpret(`/${name} more`, 'general')).toMatchObject({
      ok: false,
      mistake: { code: 'bad_usage', message: `Usage: ${usage}` },
    });
  });

  it('comes to an intent or a mistake, whatever its arguments', () => {
    fc.assert(
      fc.property(anyText, (args) => {
        const result = interpret(`/${name} ${args}`, 'general');
        if (!result.ok) expect(errorCodes).toContain(result.mistake.code);
      }),
    );
  });
});

describe('a command', () => {
  it.each([
    ['/help', { type: 'help', room: 'attic' }],
    ['/rooms', { type: 'get_rooms' }],
    ['/users', { type: 'get_users', room: 'attic' }],
    ['/join The Den', { type: 'join', room: 'the_den' }],
    ['/leave', { type: 'leave', room: 'attic' }],
    ['/leave Den', { type: 'leave', room: 'den' }],
    ['/pm Ann  hello you\nthere', { type: 'pm', to: 'Ann', text: 'hello you\nthere' }],
    ['/nick Zoë', { type: 'set_nick', name: 'Zoë' }],
    ['/me waves', { type: 'action', room: 'attic', text: 'waves' }],
  ])('%s stands for %j', (text, intent) => {
    expect(interpret(text, 'attic')).toEqual({ ok: true, value: intent });
  });

  it.each(['/nope', '/', '/ help', '/__proto__', '/constructor', '/helps', '/ſ'])('%s is unknown', (text) => {
    expect(interpret(text, 'attic')).toMatchObject({ ok: false, mistake: { code: 'unknown_command' } });
  });

  it('refuses what is no room', () => {
    for (const text of ['/join !!', '/leave !!']) {
      expect(interpret(text, 'attic')).toMatchObject({ ok: false, mistake: { code: 'bad_name' } });
    }
  });

  it('begins with one slash; two are how to post one', () => {
    expect(['/me', '/', '//me', '//', 'me /me', ''].map(isCommand)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(['//me', '//', '///', 'a//b'].map(literal)).toEqual(['/me', '/', '//', 'a//b']);
  });
});

describe('/help', () => {
  it('is a table that can be read', () => {
    expect(helpText()).toBe(
      [
        '/help                 lists the commands',
        '/rooms                lists all rooms',
        '/users                lists who is in this room',
        '/join <room>          joins a room, creating it if need be',
        '/leave [room]         leaves this room, or the one you name',
        '/pm <user> <message>  sends a private message',
        '/nick <name>          changes your name',
        '/me <action>          says what you do: /me waves',
        '//text                posts a text that begins with a slash',
      ].join('\n'),
    );
  });
});

describe('whoever inspects the server', () => {
  it.each(['/me waves', '/ME waves', '/join attic', '/help'])('may see %s', (text) => {
    expect(isPublic(text)).toBe(true);
  });

  it.each(['/pm Ann hello', '/PM Ann hello', '/pn Ann hello', '/'])('may not see %s', (text) => {
    expect(isPublic(text)).toBe(false);
  });
});

describe('the registry', () => {
  it('has every command that there is a file of', () => {
    const others = ['command', 'registry'];
    const files = readdirSync(new URL('../../src/commands', import.meta.url)).map(
      (file) => file.split('.')[0],
    );
    expect(files.filter((file) => !others.includes(file ?? '')).sort()).toEqual(
      commands.map(({ name }) => name).sort(),
    );
  });

  it('has every name once', () => {
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
  });
});
