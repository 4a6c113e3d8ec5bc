// @ts-check
import { find, listen } from '../../dom.js';
import { FILE_MAX, fileNameAt, readRecording, writeRecording } from '../record/file.js';

/** @import { Inspector } from '../inspector.js' */

/** Recordings as files: saved, shared, opened, also by dropping one on the page. @param {Inspector} inspector */
export function wireFiles(inspector) {
  const error = find(document, '#file-error', HTMLElement);
  const chooser = find(document, '#chosen-file', HTMLInputElement);
  const banner = find(document, '.file-banner', HTMLElement);
  const bannerWords = find(banner, 'p', HTMLElement);
  const spoken = find(document, '#spoken', HTMLElement);
  const [save, share] = [button('#save-file'), button('#share-file')];

  inspector.watch(({ file, recording }) => {
    banner.hidden = file === undefined;
    const words = file ? `${file.name}, saved ${new Date(file.savedAt).toLocaleString()}` : '';
    if (bannerWords.textContent !== words) bannerWords.textContent = words;
    save.disabled = share.disabled = recording.end === 0;
  });

  save.addEventListener('click', () => {
    download(recordedFile());
  });
  share.addEventListener('click', async () => {
    const file = recordedFile();
    if (!navigator.canShare?.({ files: [file] })) {
      download(file);
      return;
    }
    try {
      await navigator.share({ files: [file], title: 'A recording of Troupe' });
    } catch (reason) {
      // Whoever changed their mind wants no file either.
      if (!(reason instanceof DOMException && reason.name === 'AbortError')) download(file);
    }
  });
  for (const opener of [button('#open-file')]) opener.addEventListener('click', () => chooser.click());
  listen('file-choose', () => chooser.click());
  chooser.addEventListener('change', () => {
    const [file] = chooser.files ?? [];
    if (file) open(file);
    chooser.value = '';
  });
  button('#close-file').addEventListener('click', () => {
    inspector.listen();
    find(document, '#open-file', HTMLButtonElement).focus();
  });
  acceptDrops(open);

  /** @param {File} file */
  async function open(file) {
    error.textContent = '';
    if (file.size > FILE_MAX) {
      error.textContent = 'This file is too big for a recording.';
      return;
    }
    const opened = readRecording(await file.text());
    if (!opened.ok) {
      error.textContent = `${file.name}: ${opened.words}`;
      return;
    }
    inspector.show(opened.recording, { name: file.name, savedAt: opened.savedAt });
    spoken.textContent = `Opened ${file.name}`;
  }

  function recordedFile() {
    const now = Date.now();
    return new File([writeRecording(inspector.scene.recording, now)], fileNameAt(now), {
      type: 'application/json',
    });
  }

  /** @param {File} file */
  function download(file) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = file.name;
    link.click();
    // The download has its own hold on it by then.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    spoken.textContent = `Saved as ${file.name}`;
  }
}

/** @param {(file: File) => void} open */
function acceptDrops(open) {
  addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    document.body.classList.add('dropping');
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) document.body.classList.remove('dropping');
  });
  addEventListener('drop', (event) => {
    document.body.classList.remove('dropping');
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    open(file);
  });
}

/** @param {string} selector */
function button(selector) {
  return find(document, selector, HTMLButtonElement);
}
