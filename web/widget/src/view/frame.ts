import type { Look } from '../api';
import { wordsOn } from '../colors';
import type { Words } from '../words';
import { h, icon } from './dom';
import css from './look.css?inline';

interface FrameOptions {
  look: Look;
  w: Words;
  lang: string;
  body: (Node | string)[];
  onToggle: (open: boolean) => void;
}

/** The button in the corner and the window it opens, in a shadow root that the page's styles do not reach. */
export class Frame {
  isOpen = false;
  private readonly host = document.createElement('chat-operator-widget');
  private readonly launcher: HTMLButtonElement;
  private readonly panel: HTMLElement;
  private readonly root: HTMLElement;
  private readonly badge = h('span', { class: 'badge', hidden: true, 'data-testid': 'widget-badge' });
  private readonly said = h('span', { class: 'unseen', role: 'status' });
  private readonly notice: HTMLElement;
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');

  constructor(private readonly o: FrameOptions) {
    const { look, w } = o;
    const shadow = this.host.attachShadow({ mode: 'open' });
    // Not a style element: a page's policy may forbid those, and needs no exception for this.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
    this.launcher = h(
      'button',
      { type: 'button', class: 'launcher', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', 'aria-label': w.open, 'data-testid': 'widget-launcher', onclick: () => this.set(!this.isOpen) },
      icon('chat'), icon('down'), this.badge,
    );
    this.notice = h('p', { class: 'notice', role: 'status', hidden: true }, w.offline);
    this.panel = h(
      'section',
      { class: 'panel', role: 'dialog', 'aria-label': w.dialog(look.title), hidden: true, tabindex: '-1', 'data-testid': 'widget-panel', onkeydown: (event: KeyboardEvent) => this.key(event) },
      h('div', { class: 'head' }, h('h2', {}, look.title), h('button', { type: 'button', 'aria-label': w.close, 'data-testid': 'widget-close', onclick: () => this.set(false) }, icon('close'))),
      this.notice,
      ...o.body,
    );
    this.root = h('div', { class: 'root', lang: o.lang }, this.panel, this.launcher, this.said);
    shadow.append(this.root);
    this.host.dataset.side = look.position;
    this.host.style.setProperty('--accent', look.color);
    this.host.style.setProperty('--on-accent', wordsOn(look.color));
    const paint = () => {
      const dark = look.theme === 'dark' || (look.theme === 'auto' && this.dark.matches);
      this.host.toggleAttribute('data-dark', dark);
      this.host.style.setProperty('--focus', dark ? '#7cc4ff' : '#1a5fb4');
    };
    paint();
    this.dark.addEventListener('change', paint);
    document.body.append(this.host);
  }

  /** Whether the visitor sees what comes in. */
  get isSeen() {
    return this.isOpen && document.visibilityState === 'visible';
  }

  set(open: boolean, focus = true) {
    if (open === this.isOpen) return;
    this.isOpen = open;
    this.panel.hidden = !open;
    this.root.classList.toggle('is-open', open);
    this.panel.toggleAttribute('aria-modal', false);
    if (open && this.fillsScreen) this.panel.setAttribute('aria-modal', 'true');
    this.launcher.setAttribute('aria-expanded', String(open));
    this.o.onToggle(open);
    this.unread(this.count);
    if (!focus) return;
    // On a phone the keyboard would cover the conversation that was asked for.
    if (!open) this.launcher.focus();
    else if (matchMedia('(pointer: coarse)').matches) this.panel.focus();
    else this.panel.querySelector('textarea')?.focus();
  }

  private count = 0;

  unread(count: number) {
    const { w } = this.o;
    if (count > this.count && !this.isOpen) this.said.textContent = w.unread(count);
    this.count = count;
    this.badge.hidden = count === 0 || this.isOpen;
    this.badge.textContent = count > 9 ? '9+' : String(count);
    this.launcher.setAttribute('aria-label', this.isOpen ? w.close : count > 0 ? `${w.open}, ${w.unread(count)}` : w.open);
  }

  offline(on: boolean) {
    this.notice.hidden = !on;
  }

  remove() {
    this.host.remove();
  }

  private get fillsScreen() {
    return matchMedia('(max-width: 480px)').matches;
  }

  private key(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.set(false);
    } else if (event.key === 'Tab' && this.fillsScreen) {
      // Where the window is the whole screen, the keyboard stays in it.
      const stops = [...this.panel.querySelectorAll<HTMLElement>('button, a, textarea, audio, video, [tabindex="0"]')].filter((e) => e.offsetParent && !e.matches(':disabled'));
      const [first, last] = [stops[0], stops.at(-1)];
      const at = (this.panel.getRootNode() as ShadowRoot).activeElement;
      if (event.shiftKey ? at === first || at === this.panel : at === last) {
        event.preventDefault();
        (event.shiftKey ? last : first)?.focus();
      }
    }
  }
}
