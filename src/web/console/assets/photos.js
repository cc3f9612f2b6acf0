// Photos on their way into a message: chosen, dropped or pasted, looked at, sent as they are.
import { at, element } from './element.js';
import { faultWords } from './fault.js';
import { word } from './words.js';

/** Some systems do not know these endings and tell the browser nothing. @type {Record<string, string>} */
const typeByEnding = {
  heic: 'image/heic',
  mov: 'video/quicktime',
  webp: 'image/webp',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
};

/** @param {{bytesMax: number, types: string[]}} limits */
export function openPhotos(limits) {
  /** @type {{file: File, mime: string, url: string}[]} */
  let staged = [];

  function draw() {
    at('staged').hidden = staged.length === 0;
    at('staged').replaceChildren(
      ...staged.map((photo) => {
        const name = photo.file.name || word('photo');
        const remove = () => {
          URL.revokeObjectURL(photo.url);
          staged = staged.filter((one) => one !== photo);
          draw();
          at('attach').focus();
        };
        const label = word('remove', { name });
        return element(
          'li',
          {},
          photo.mime.startsWith('image/')
            ? element('img', { src: photo.url, alt: name })
            : element('bdi', {}, name),
          element('button', { type: 'button', ariaLabel: label, title: label, onclick: remove }, '×'),
        );
      }),
    );
  }

  /** @param {FileList | null | undefined} files */
  function stage(files) {
    at('fault').textContent = '';
    for (const file of files ?? []) {
      const mime = file.type || (typeByEnding[file.name.split('.').pop()?.toLowerCase() ?? ''] ?? '');
      const fault = faultOf(file, mime, limits);
      if (fault) at('fault').textContent = faultWords(fault);
      else staged.push({ file, mime, url: URL.createObjectURL(file) });
    }
    draw();
  }

  at('file').accept = limits.types.join(',');
  at('attach').onclick = () => at('file').click();
  at('file').onchange = () => {
    stage(at('file').files);
    at('file').value = '';
    at('send').focus();
  };
  const chat = at('chat');
  chat.ondragover = (/** @type {DragEvent} */ event) => event.preventDefault();
  chat.ondrop = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    stage(event.dataTransfer?.files);
  };
  at('text').onpaste = (/** @type {ClipboardEvent} */ event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    stage(event.clipboardData.files);
  };

  return {
    draw,
    /** Hands the photos over to be sent. */
    take() {
      const taken = staged;
      staged = [];
      draw();
      return taken;
    },
  };
}

/** @param {File} file @param {string} mime @param {{bytesMax: number, types: string[]}} limits */
function faultOf(file, mime, limits) {
  if (!limits.types.includes(mime)) return 'photo-type';
  if (file.size > limits.bytesMax) return 'photo-large';
  return file.size === 0 ? 'empty' : undefined;
}
