import { upload } from './api.js';

// What can be sent without typing: a file of one's own, or a sample for those in a hurry.
const MENU = [
  { label: 'Photo or video…', accept: 'image/*,video/*' },
  { label: 'Voice file…', accept: 'audio/*' },
  { label: 'Document…', accept: '' },
  { label: 'Sample photo', message: { type: 'image' } },
  { label: 'Sample voice note', message: { type: 'voice' } },
  { label: 'Sample document', message: { type: 'document' } },
  { label: 'Location', message: { type: 'location' } },
  { label: 'Contact card', message: { type: 'contacts' } },
];

/** Wires the message box. `send` brings a message to the sandbox; quoting adds `reply_to` to the next one. */
export function startComposer({ send }) {
  const input = document.getElementById('input');
  const quoteBox = document.getElementById('quote');
  const attach = document.getElementById('attach');
  const menu = document.getElementById('attachments');
  const file = document.getElementById('file');
  let quoted = null;

  const grow = () => {
    input.style.height = 'auto';
    input.style.height = Math.min(input.scrollHeight + 2, 120) + 'px';
  };
  const quote = message => {
    quoted = message;
    quoteBox.hidden = !message;
    quoteBox.firstElementChild.textContent = message ? message.text || `[${message.type}]` : '';
    if (message) input.focus();
  };
  const say = async message => {
    const sent = await send(quoted && message.type !== 'reaction' ? { reply_to: quoted.id, ...message } : message);
    if (message.type !== 'reaction') quote(null);
    return sent;
  };
  const submit = async () => {
    const text = input.value.trim();
    if (!text) return;
    input.value = '';
    grow();
    // What was typed must not be lost when the sandbox refuses it.
    if (!await say({ type: 'text', text })) input.value = text;
  };
  const toggle = open => {
    menu.hidden = !open;
    attach.setAttribute('aria-expanded', String(open));
    if (open) menu.firstElementChild.focus();
  };

  document.getElementById('composer').addEventListener('submit', event => {
    event.preventDefault();
    submit();
  });
  input.addEventListener('input', grow);
  input.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  quoteBox.querySelector('button').addEventListener('click', () => quote(null));

  menu.append(...MENU.map(({ label, accept, message }) => {
    const item = document.createElement('button');
    item.type = 'button';
    item.setAttribute('role', 'menuitem');
    item.textContent = label;
    item.addEventListener('click', () => {
      toggle(false);
      attach.focus();
      if (message) return say(message);
      file.accept = accept;
      file.click();
    });
    return item;
  }));
  attach.addEventListener('click', () => toggle(menu.hidden));
  menu.addEventListener('keydown', event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const items = [...menu.children];
    if (step) items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    if (event.key === 'Escape') {
      toggle(false);
      attach.focus();
    }
  });
  document.addEventListener('click', event => {
    if (!menu.hidden && !menu.contains(event.target) && !attach.contains(event.target)) toggle(false);
  });
  file.addEventListener('change', async () => {
    const [chosen] = file.files;
    file.value = '';
    if (!chosen) return;
    const kind = { image: 'image', video: 'video', audio: 'voice' }[chosen.type.split('/')[0]] ?? 'document';
    const text = input.value.trim();
    input.value = '';
    await say({ type: kind, media: { id: await upload(chosen) }, ...(text && kind !== 'voice' ? { text } : {}) });
  });

  return { quote, send: say, reset: () => quote(null) };
}
