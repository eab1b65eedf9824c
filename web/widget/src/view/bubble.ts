import type { Attached } from '../api';
import { pieces, size } from '../text';
import type { Words } from '../words';
import { h, icon } from './dom';

/** A bubble to be shown: a message of either side, or one that is not sent yet. */
export interface Bubble {
  key: string;
  mine: boolean;
  /** Said above the first of a row. */
  who: string | null;
  first: boolean;
  text: string;
  files: Attached[];
  at: string;
  /** Said below; "bad" ones offer to try again. */
  note: string | null;
  state: 'there' | 'waiting' | 'failed';
  retry?: () => void;
  drop?: () => void;
}

/** What a bubble looks like as a text: unchanged ones keep their element, so nothing flickers and nothing is read out twice. */
export function signature({ retry: _, drop: __, ...shown }: Bubble): string {
  return JSON.stringify(shown);
}

export function bubble(b: Bubble, w: Words, server: string): HTMLElement {
  const time = new Date(b.at);
  return h(
    'div',
    { class: `m${b.mine ? ' mine' : ''}${b.first ? ' first' : ''}${b.state === 'there' ? '' : ` ${b.state}`}`, 'data-testid': 'widget-bubble' },
    b.who ? h('div', { class: 'who' }, b.who) : h('span', { class: 'unseen' }, `${b.mine ? w.you : ''}: `),
    ...b.files.map((file) => attached(file, w, server)),
    (b.text !== '' || b.files.length === 0) && h('div', { class: 'b', title: time.toLocaleString(), dir: 'auto' }, ...words(b.text)),
    b.note !== null &&
      h(
        'div',
        { class: b.state === 'failed' ? 'meta bad' : 'meta', 'data-testid': 'widget-note' },
        h('span', {}, b.note),
        b.retry && h('button', { type: 'button', onclick: b.retry }, w.retry),
        b.drop && h('button', { type: 'button', onclick: b.drop }, w.drop),
      ),
  );
}

function words(text: string): (Node | string)[] {
  return pieces(text).map((p) => (typeof p === 'string' ? p : h('a', { href: p.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, p.text)));
}

function attached(file: Attached, w: Words, server: string): HTMLElement {
  const address = file.state === 'stored' ? safe(file.url, server) : null;
  const name = file.filename || (file.type === 'image' ? w.image : w.file);
  if (address && (file.type === 'image' || file.type === 'sticker')) {
    // Its place is kept before it is there, so the thread never jumps.
    const image = h('img', { src: safe(file.thumbnail_url, server) ?? address, alt: file.filename ?? w.image, loading: 'lazy', width: file.width, height: file.height });
    return h('div', { class: 'b media' }, h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, image));
  }
  if (address && file.type === 'video') return h('div', { class: 'b media' }, h('video', { src: address, controls: true, preload: 'metadata', 'aria-label': name }));
  if (address && file.type === 'audio') return h('div', { class: 'b media' }, h('audio', { src: address, controls: true, preload: 'metadata', 'aria-label': name }));
  const label = h('span', {}, name, file.size ? h('small', {}, size(file.size)) : null);
  const row = address
    ? h('a', { class: 'doc', href: address, target: '_blank', rel: 'noopener noreferrer' }, icon('file'), label)
    : h('div', { class: 'doc' }, icon('file'), label);
  return h('div', { class: 'b media' }, row);
}

/** Files come from the server alone: another address than its own is not shown. */
function safe(url: string | null | undefined, server: string): string | null {
  if (!url || !URL.canParse(url, server)) return null;
  const address = new URL(url, server);
  return address.origin === new URL(server).origin ? address.href : null;
}
