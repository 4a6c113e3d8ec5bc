// @ts-check
import { announce, find, listen } from '../dom.js';
import { NewsToasts } from '../elements/news-toasts.js';
import { NotificationSettings } from '../elements/notification-settings.js';
import { notify } from '../notifier.js';

/** @import { Chat } from '../chat.js' */
/** @import { State } from '../state.js' */

/** What comes in where the user is not looking. @param {Chat} chat */
export function wireNews(chat) {
  const { store, navigation } = chat;
  const toasts = find(document, 'news-toasts', NewsToasts);
  const top = find(document, '.top', HTMLElement);
  const icon = find(document, 'link[rel="icon"]', HTMLLinkElement);
  const settings = new NotificationSettings();
  find(top, '#toggle-theme', HTMLElement).before(settings);
  // Below the header however many lines that has, and next after it for who goes by the keyboard.
  const place = toasts.parentElement;
  if (place) top.after(place);

  chat.onNews((news) => {
    const { conversation, line } = news;
    if (!conversation.isPrivate && !line.mentionsMe) return;
    toasts.show(news);
    if (!document.hidden) return;
    const title = conversation.isPrivate ? line.from : `${line.from} in #${conversation.name}`;
    const tag = `troupe-${line.id ?? `${conversation.key}-${line.ts}`}`;
    notify({ title, text: line.text, tag }, () => navigation.open(conversation.key));
  });
  listen('news-open', (key) => {
    navigation.open(key);
    announce(toasts, 'panels-close');
    announce(toasts, 'composer-focus');
  });
  store.watch(['active', 'conversations'], (state) => toasts.render(state));
  store.watch(['session', 'active', 'conversations'], (state) => {
    const { phase, unread } = state;
    document.title = titleOf(state);
    settings.hidden = phase !== 'in';
    const file = phase === 'in' && unread > 0 ? 'icon-news.svg' : 'icon.svg';
    if (icon.getAttribute('href') !== file) icon.setAttribute('href', file);
  });
}

/** @param {State} state */
function titleOf({ phase, active, unread }) {
  if (phase !== 'in' || !active) return 'Troupe';
  return `${unread > 0 ? `(${unread}) ` : ''}${active.address} · Troupe`;
}
