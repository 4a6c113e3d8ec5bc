// @ts-check
import { find, listen } from '../../dom.js';
import { toggleTheme } from '../../theme.js';
import { FeedNotice } from '../elements/feed-notice.js';
import { FeedStatus } from '../elements/feed-status.js';
import { preparePanes } from '../panes.js';

/** @import { Inspector } from '../inspector.js' */

/** The frame of the page: its header, its panes, and what it says while there is nothing to look at. @param {Inspector} inspector */
export function wireLayout(inspector) {
  const status = find(document, 'feed-status', FeedStatus);
  const notice = find(document, 'feed-notice', FeedNotice);
  preparePanes();
  inspector.watch((scene) => {
    status.render(scene);
    notice.render(scene);
  });
  find(document, '#toggle-theme', HTMLButtonElement).addEventListener('click', toggleTheme);
  listen('feed-retry', () => inspector.retry());
  listen('token-give', (given) => inspector.useToken(given));
}
