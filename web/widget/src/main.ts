import { Api, type Identity } from './api';
import { Chat } from './chat';

/** What pages may call, as <c>ChatOperator</c>. */
interface Public {
  open(): void;
  close(): void;
  toggle(): void;
  /** Who is signed in on the page, with the proof that its server made. */
  identify(identity: Identity): Promise<void>;
  /** Nobody is signed in any more. */
  reset(): Promise<void>;
  /** Called with the number of unread messages whenever it changes. */
  onUnread(listener: (count: number) => void): void;
}

declare global {
  interface Window {
    ChatOperator?: Public;
  }
}

function start(script: HTMLScriptElement) {
  const { widget, language, user, userHash, userName } = script.dataset;
  if (!widget) return console.warn('Chat Operator: the script needs data-widget.');
  const server = new URL(script.src).origin + new URL('.', script.src).pathname.replace(/\/$/, '');
  const listeners: ((count: number) => void)[] = [];
  const chat = new Chat({
    api: new Api(server, widget),
    name: `chat-operator:${widget}`,
    identity: user && userHash ? { id: user, hash: userHash, name: userName } : null,
    language: language ?? null,
    onUnread: (count) => listeners.forEach((listener) => listener(count)),
  });
  window.ChatOperator = {
    open: () => chat.set(true),
    close: () => chat.set(false),
    toggle: () => chat.set(!chat.isOpen),
    identify: (identity) => chat.identify(identity),
    reset: () => chat.identify(null),
    onUnread: (listener) => listeners.push(listener),
  };
  dispatchEvent(new Event('chat-operator:ready'));
  void chat.start();
}

const script = document.currentScript as HTMLScriptElement | null;
// Twice on a page, e.g. by a tag manager, is still one widget.
if (script && !window.ChatOperator) {
  if (document.body) start(script);
  else addEventListener('DOMContentLoaded', () => start(script), { once: true });
}
