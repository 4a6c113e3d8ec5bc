import { describe, expect, it } from 'vitest';
import { fillMarkers } from '../../scripts/docs/markers.ts';
import { outputs, readPage } from '../../scripts/docs/outputs.ts';

describe('what npm run docs writes', () => {
  it.each(Object.entries(outputs))('%s is up to date', (path, make) => {
    expect(readPage(path), 'stale: run npm run docs').toBe(make());
  });
});

describe('fillMarkers', () => {
  const page = 'before\n<!-- here -->\nold\n<!-- /here -->\nafter\n';

  it('replaces what is between the markers, the same when done twice', () => {
    const once = fillMarkers('page.md', page, 'here', 'new');
    expect(once).toBe('before\n<!-- here -->\nnew\n<!-- /here -->\nafter\n');
    expect(fillMarkers('page.md', once, 'here', 'new')).toBe(once);
  });

  it('names the file and the markers that it lacks', () => {
    expect(() => fillMarkers('page.md', page, 'there', 'new')).toThrow('page.md lacks <!-- there -->');
    expect(() => fillMarkers('page.md', '<!-- /here --><!-- here -->', 'here', '')).toThrow('lacks');
  });
});
