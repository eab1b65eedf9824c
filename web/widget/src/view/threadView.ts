import type { Words } from '../words';
import { bubble, type Bubble, signature } from './bubble';
import { h } from './dom';

/** The conversation on the screen. Follows the end while the visitor looks at it, and stays where they are when they read back. */
export class ThreadView {
  readonly element: HTMLElement;
  readonly newest: HTMLButtonElement;
  private readonly list = h('div', { class: 'list', role: 'log', 'aria-live': 'polite' });
  private readonly older: HTMLButtonElement;
  private readonly typing = h('div', { class: 'typing', hidden: true, 'data-testid': 'widget-typing' }, h('i'), h('i'), h('i'));
  private readonly typingSaid = h('span', { class: 'unseen', role: 'status' });
  private shown = new Map<string, { element: HTMLElement; signature: string }>();
  private atEnd = true;

  constructor(
    private readonly w: Words,
    private readonly lang: string,
    private readonly server: string,
    onOlder: () => void,
  ) {
    this.older = h('button', { type: 'button', class: 'older', hidden: true, onclick: onOlder }, w.older);
    this.list.setAttribute('aria-label', w.log);
    this.element = h('div', { class: 'thread', tabindex: '0', role: 'group', 'aria-label': w.log, 'data-testid': 'widget-thread' }, this.older, this.list, this.typing, this.typingSaid, h('div', { class: 'end' }));
    this.newest = h('button', { type: 'button', class: 'newest', hidden: true, onclick: () => this.toEnd() }, w.newest);
    this.element.addEventListener('scroll', () => {
      this.atEnd = this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < 40;
      if (this.atEnd) this.newest.hidden = true;
    });
    // A picture that came late pushes the end down.
    this.element.addEventListener('load', () => this.atEnd && this.toEnd(), true);
  }

  get isAtEnd() {
    return this.atEnd;
  }

  toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
    this.atEnd = true;
    this.newest.hidden = true;
  }

  show(bubbles: readonly Bubble[], more: boolean, news: boolean) {
    const height = this.element.scrollHeight;
    const top = this.element.scrollTop;
    const before = this.shown;
    this.shown = new Map();
    const wanted: HTMLElement[] = [];
    let day = '';
    for (const b of bubbles) {
      const date = this.day(b.at);
      if (date !== day) wanted.push(this.keep(before, `day ${date}`, date, () => h('div', { class: 'day' }, date)));
      day = date;
      wanted.push(this.keep(before, b.key, signature(b), () => bubble(b, this.w, this.server)));
    }
    place(this.list, wanted);
    const grewAbove = this.older.hidden !== !more || before.size > 0;
    this.older.hidden = !more;
    if (this.atEnd) this.toEnd();
    else if (news) this.newest.hidden = false;
    else if (grewAbove && top < 60) this.element.scrollTop = top + this.element.scrollHeight - height;
  }

  showTyping(on: boolean) {
    if (this.typing.hidden === !on) return;
    this.typing.hidden = !on;
    this.typingSaid.textContent = on ? this.w.typing : '';
    if (this.atEnd) this.toEnd();
  }

  private keep(before: typeof this.shown, key: string, mark: string, make: () => HTMLElement): HTMLElement {
    const known = before.get(key);
    const entry = known?.signature === mark ? known : { element: make(), signature: mark };
    this.shown.set(key, entry);
    return entry.element;
  }

  private day(at: string): string {
    const date = new Date(at);
    const start = (d: Date) => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();
    const ago = Math.round((start(new Date()) - start(date)) / 86_400_000);
    return ago === 0 ? this.w.today : ago === 1 ? this.w.yesterday : date.toLocaleDateString(this.lang, { weekday: 'long', day: 'numeric', month: 'long' });
  }
}

/** Puts the children in order, touching only what moved. */
function place(parent: HTMLElement, wanted: readonly HTMLElement[]) {
  for (const child of [...parent.children]) if (!wanted.includes(child as HTMLElement)) child.remove();
  wanted.forEach((element, at) => {
    if (parent.children[at] !== element) parent.insertBefore(element, parent.children[at] ?? null);
  });
}
