/**
 * A page that shows the official inspector in a frame and passes it what comes over a WebSocket, by the handshake of
 * `@statelyai/inspect` 0.7: the inspector says `@statelyai.connected` and then takes one message a frame.
 * @param inspector address of the inspector's page
 */
export function bridgePage(inspector: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Stately Inspector</title>
    <style>html, body, iframe { width: 100%; height: 100%; margin: 0; border: 0; }</style>
  </head>
  <body>
    <iframe title="Stately Inspector" src="${escaped(inspector)}"></iframe>
    <script>
      const { contentWindow } = document.querySelector('iframe');
      addEventListener('message', ({ source, data }) => {
        if (source !== contentWindow || data?.type !== '@statelyai.connected') return;
        const feed = new WebSocket(location.origin.replace('http', 'ws'));
        feed.onmessage = (frame) => contentWindow.postMessage(JSON.parse(frame.data), '${originOf(inspector)}');
      }, { once: true });
    </script>
  </body>
</html>
`;
}

function originOf(url: string): string {
  return new URL(url).origin;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
