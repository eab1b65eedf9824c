import * as api from './api.js';
import { drawThread, clearThread } from './thread.js';
import { startComposer } from './composer.js';
import { startPanel, showPhone } from './panel.js';

const byId = id => document.getElementById(id);
const state = { phone: null, account: null, accounts: [], live: null };

const composer = startComposer({
  send: message => attempt(() => api.write(state.phone, { account: state.account, ...message })),
});
startPanel({ state, attempt });
startSides();

byId('account').addEventListener('change', event => choose(state.phone, event.target.value));
byId('new-phone').addEventListener('submit', event => {
  event.preventDefault();
  const form = new FormData(event.target);
  const number = form.get('phone').replace(/\D/g, '');
  attempt(async () => {
    if (form.get('name')) await api.change(number, { name: form.get('name') });
    event.target.reset();
    await choose(number, state.account);
  });
});

const asked = new URLSearchParams(location.search);
await refreshAccounts();
await choose(asked.get('phone')?.replace(/\D/g, '') || (await api.phones())[0]?.phone || '5491155550101',
  asked.get('account') || state.accounts[0]?.id);
setInterval(refreshAccounts, 3000);
setInterval(refreshPeople, 3000);

/** Runs something that talks to the sandbox and shows a person what went wrong. */
async function attempt(action) {
  const trouble = byId('trouble');
  try {
    const result = await action();
    trouble.hidden = true;
    return result;
  } catch (error) {
    trouble.textContent = error.message;
    trouble.hidden = false;
  }
}

async function choose(number, account) {
  state.phone = number;
  state.account = account ?? null;
  const query = new URLSearchParams({ phone: number, ...(account ? { account } : {}) });
  history.replaceState(null, '', '?' + query);
  clearThread();
  composer.reset();
  state.live?.close();
  showPhone(await api.phone(number));
  if (state.account) {
    state.live = new EventSource(`/control/phones/${number}/live`);
    state.live.onmessage = refreshThread;
  }
  await Promise.all([refreshThread(), refreshPeople()]);
  showAccount();
}

async function refreshThread() {
  if (!state.account) return;
  const { phone, account } = state;
  const { typing, messages } = await api.thread(phone, account);
  // The person may have turned to another chat while we were asking.
  if (phone !== state.phone || account !== state.account) return;
  drawThread(messages, { quote: composer.quote, send: composer.send, typing });
  byId('presence').textContent = typing ? 'typing…' : 'business account';
  if (typing) setTimeout(refreshThread, 2000);
  if (document.visibilityState === 'visible') api.open(phone, account);
}

async function refreshAccounts() {
  const accounts = await api.accounts();
  if (JSON.stringify(accounts) === JSON.stringify(state.accounts) && accounts.length) return;
  state.accounts = accounts;
  byId('account').replaceChildren(...accounts.map(one => new Option(one.name, one.id)));
  byId('composer').inert = accounts.length === 0;
  if (!accounts.some(one => one.id === state.account) && state.phone) await choose(state.phone, accounts[0]?.id);
  showAccount();
}

async function refreshPeople() {
  const people = await api.phones();
  byId('phone-list').replaceChildren(...people.map(one => {
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-current', String(one.phone === state.phone));
    button.append(part('avatar', initials(one.name), one.phone), part('name', one.name), part('number', '+' + one.phone),
      part('last', one.last ? preview(one.last) : 'No messages yet'));
    button.addEventListener('click', () => choose(one.phone, state.account));
    item.append(button);
    return item;
  }));
}

function preview({ direction, text, type }) {
  return (direction === 'in' ? 'You: ' : '') + (text || `[${type}]`);
}

function part(className, text, seed) {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  if (seed) span.style.setProperty('--hue', String((Number(seed.slice(-3)) * 47) % 360));
  return span;
}

function initials(name) {
  return name.split(/\s+/).slice(0, 2).map(word => word[0] ?? '').join('').toUpperCase();
}

function showAccount() {
  const account = state.accounts.find(one => one.id === state.account);
  const avatar = byId('avatar');
  avatar.textContent = account ? initials(account.name) : '';
  if (account) byId('account').value = account.id;
  document.body.classList.toggle('no-account', !account);
  if (!account) drawNoAccount();
}

function drawNoAccount() {
  const card = document.createElement('div');
  card.className = 'empty';
  card.innerHTML = '<h2>No business here yet</h2><p>Connect an account in the console, or start with a sample one '
    + 'to look around.</p>';
  const button = document.createElement('button');
  button.className = 'plain';
  button.textContent = 'Use a sample business';
  button.addEventListener('click', () => attempt(async () => {
    await api.connect({ phone_number_id: '1060', waba_id: '2060', access_token: 'sandbox', app_secret: 'sandbox', verify_token: 'sandbox' });
    await refreshAccounts();
  }));
  card.append(button);
  byId('thread').replaceChildren(card);
}

/** On a small screen the sides are drawers: one at a time, closed by Escape or by a tap outside. */
function startSides() {
  const openers = [...document.querySelectorAll('[data-opens]')];
  const show = id => {
    document.body.dataset.open = id ?? '';
    for (const one of openers) one.setAttribute('aria-expanded', String(one.dataset.opens === id));
    if (id) byId(id).querySelector('button, input')?.focus();
  };
  for (const one of openers) one.addEventListener('click', event => {
    event.stopPropagation();
    show(document.body.dataset.open === one.dataset.opens ? null : one.dataset.opens);
  });
  document.addEventListener('keydown', event => { if (event.key === 'Escape') show(null); });
  document.querySelector('main').addEventListener('click', () => { if (document.body.dataset.open) show(null); });
  byId('phone-list').addEventListener('click', () => show(null));
}
