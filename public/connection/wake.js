// @ts-check

/** Milliseconds out of sight after which nobody knows what became of the line. */
const OUT_OF_SIGHT = 10_000;

/**
 * Tells what the browser says of the network and of the tab's sleep.
 * @param {(event: { type: 'network.lost' | 'network.found' | 'tab.woke' }) => void} tell
 */
export function watchBrowser(tell) {
  let hiddenSince = Date.now();
  addEventListener('online', () => tell({ type: 'network.found' }));
  addEventListener('offline', () => tell({ type: 'network.lost' }));
  addEventListener('pageshow', ({ persisted }) => persisted && tell({ type: 'tab.woke' }));
  document.addEventListener('resume', () => tell({ type: 'tab.woke' }));
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenSince = Date.now();
    else if (Date.now() - hiddenSince > OUT_OF_SIGHT) tell({ type: 'tab.woke' });
  });
}
