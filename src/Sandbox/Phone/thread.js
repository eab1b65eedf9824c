// Draws the chat. Bubbles are kept by message id and redrawn only when they changed, so that focus, scrolling and screen
// readers are left in peace.

const thread = document.getElementById('thread');
const drawn = new Map();
const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'];
const TICKS = { pending: '', sent: 'Sent', delivered: 'Delivered', read: 'Read' };

export function clearThread() {
  drawn.clear();
  thread.replaceChildren();
}

export function drawThread(messages, actions) {
  const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
  const texts = new Map(messages.map(one => [one.id, one]));
  thread.querySelector('.empty')?.remove();
  let lastDay = '';
  for (const message of messages) {
    if (message.type === 'reaction' || message.type === 'edit') continue;
    const day = new Date(message.at).toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
    if (day !== lastDay && !thread.querySelector(`[data-day="${day}"]`)) thread.append(dayLine(day));
    lastDay = day;
    const print = JSON.stringify([message.status, message.reaction, message.revoked, message.text, message.bubble]);
    const old = drawn.get(message.id);
    if (old?.print === print) continue;
    const element = bubble(message, texts, actions);
    if (old) old.element.replaceWith(element);
    else thread.append(element);
    drawn.set(message.id, { print, element });
  }
  drawTyping(actions.typing);
  if (messages.length === 0 && !thread.querySelector('.empty')) thread.append(emptyCard());
  if (atEnd) thread.scrollTop = thread.scrollHeight;
}

function emptyCard() {
  const card = node('div', 'empty');
  card.append(node('h2', '', 'Say hello'), node('p', '', 'Until you write first, the business may send you nothing but templates.'));
  return card;
}

function dayLine(day) {
  const line = node('p', 'day', day);
  line.dataset.day = day;
  return line;
}

function drawTyping(typing) {
  thread.querySelector('.typing')?.remove();
  if (!typing) return;
  const dots = node('div', 'bubble out typing');
  dots.setAttribute('aria-hidden', 'true');
  dots.append(node('i'), node('i'), node('i'));
  thread.append(dots);
}

function bubble(message, texts, actions) {
  const mine = message.direction === 'in';
  const element = node('article', `bubble ${mine ? 'in' : 'out'} ${message.type}`);
  element.dataset.testid = 'phone-bubble';
  element.dataset.direction = message.direction;
  element.dataset.id = message.id;
  // A tap gives the bubble focus, and focus shows its buttons where nothing can hover.
  element.tabIndex = -1;
  element.setAttribute('aria-label', mine ? 'You' : message.from_app ? 'Business, from its app' : 'Business');

  if (message.revoked) {
    element.append(node('p', 'gone', 'This message was deleted'), foot(message, mine));
    return element;
  }
  const { header, footer, media, place, buttons, reply_to } = message.bubble;
  if (reply_to) element.append(quoted(texts.get(reply_to)));
  if (media) element.append(mediaNode(media));
  if (header) element.append(node('strong', 'header', header));
  if (place) element.append(placeNode(place));
  else if (message.text) element.append(node('p', 'text', message.text));
  if (footer) element.append(node('small', 'footer', footer));
  element.append(foot(message, mine));
  if (buttons?.length && !mine) element.append(taps(buttons, actions));
  if (message.reaction) element.append(node('span', 'reaction', message.reaction));
  element.append(tools(message, actions));
  return element;
}

function quoted(message) {
  const quote = node('blockquote', '', message ? message.text || `[${message.type}]` : 'Earlier message');
  quote.dataset.whose = message?.direction === 'in' ? 'you' : 'business';
  return quote;
}

function mediaNode({ kind, url, filename, mime_type }) {
  if (!url) return node('p', 'missing', `${filename ?? kind} is not here`);
  if (kind === 'image' || kind === 'sticker') return node('img', kind, null, { src: url, alt: filename ?? kind });
  if (kind === 'video') return node('video', '', null, { src: url, controls: true });
  if (kind === 'audio') return node('audio', '', null, { src: url, controls: true });
  const link = node('a', 'file', null, { href: url, target: '_blank', rel: 'noopener' });
  link.append(node('b', '', (filename ?? 'file').split('.').pop().slice(0, 4).toUpperCase()), node('span', '', filename ?? 'File'),
    node('small', '', mime_type ?? ''));
  return link;
}

function placeNode({ latitude, longitude, name, address }) {
  const place = node('a', 'place', null, {
    href: `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=15/${latitude}/${longitude}`, target: '_blank', rel: 'noopener',
  });
  place.append(node('span', 'map'), node('b', '', name ?? 'Location'), node('small', '', address ?? `${latitude}, ${longitude}`));
  return place;
}

function taps(buttons, { send }) {
  const row = node('div', 'taps');
  for (const { title, description, reply, url } of buttons) {
    const tap = url ? node('a', 'tap', title, { href: url, target: '_blank', rel: 'noopener' }) : node('button', 'tap', title, { type: 'button' });
    if (description) tap.append(node('small', '', description));
    if (reply) tap.addEventListener('click', () => send(reply));
    else if (!url) tap.disabled = true;
    tap.dataset.testid = 'phone-tap';
    row.append(tap);
  }
  return row;
}

function tools(message, { quote, send }) {
  const box = node('div', 'tools');
  const reply = node('button', '', '↩', { type: 'button', title: 'Reply', ariaLabel: 'Reply' });
  reply.addEventListener('click', () => quote(message));
  const react = node('button', '', '☺', { type: 'button', title: 'React', ariaLabel: 'React', ariaExpanded: 'false' });
  const choices = node('div', 'choices');
  choices.hidden = true;
  for (const emoji of EMOJI) {
    const one = node('button', '', emoji, { type: 'button', ariaLabel: 'React with ' + emoji });
    one.addEventListener('click', () => send({ type: 'reaction', message_id: message.id, emoji: message.reaction === emoji ? '' : emoji }));
    choices.append(one);
  }
  react.addEventListener('click', () => {
    choices.hidden = !choices.hidden;
    react.ariaExpanded = String(!choices.hidden);
  });
  box.append(reply, react, choices);
  return box;
}

function foot(message, mine) {
  const line = node('span', 'foot');
  if (message.from_app) line.append(node('em', '', 'from the app'));
  line.append(node('time', '', new Date(message.at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' }), { dateTime: message.at }));
  if (mine && TICKS[message.status] !== undefined) {
    const ticks = node('span', `ticks ${message.status}`, null, { title: TICKS[message.status] });
    ticks.innerHTML = '<svg viewBox="0 0 20 12" aria-hidden="true"><path d="M1.5 6.5l3.5 3.5L12 2"/><path class="second" d="M8.5 9l1 1L17 2"/></svg>';
    ticks.append(node('span', 'unseen', TICKS[message.status]));
    line.append(ticks);
  }
  return line;
}

function node(tag, className = '', text = null, properties = {}) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== null) element.textContent = text;
  return Object.assign(element, properties);
}
