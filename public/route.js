// @ts-check

/** The conversation that the URL names, behind the `#`: `attic`, `@Bob`, or nothing. */
export const route = {
  get address() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return ''; // Half a percent-encoding names nothing.
    }
  },

  /**
   * Has the URL name a conversation.
   * @param {string} address empty for none
   * @param {'push' | 'replace'} how `push` makes a step that "back" undoes
   */
  show(address, how) {
    if (address === this.address) return;
    const encoded = address === '' ? '' : `#${encodeURIComponent(address).replace('%40', '@')}`;
    const url = location.pathname + location.search + encoded;
    if (how === 'push') history.pushState(null, '', url);
    else history.replaceState(null, '', url);
  },

  /** Tells of each change that was not `show`: back, forward, a link, an edit. @param {() => void} listener */
  onChange(listener) {
    addEventListener('hashchange', listener);
  },
};
