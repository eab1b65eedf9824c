// Everything here goes through doors that anyone has: the server's API with a token, and the sandbox's control API.
import { conversations } from './conversations.mjs';
import { knowledge } from './knowledge.mjs';
import { networks, website } from './networks.mjs';
import { snippets } from './snippets.mjs';

const [server, token, sandbox] = process.argv.slice(2).map((given) => given.replace(/\/$/, ''));
if (!sandbox) {
  console.error('usage: node dev/demo/populate.mjs SERVER_URL TOKEN SANDBOX_URL');
  process.exit(2);
}

async function call(method, url, body, as = token) {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...(url.startsWith(server) && { authorization: `Bearer ${as}` }) },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${text}`);
  return text ? JSON.parse(text) : null;
}

const settings = {
  phone_number_id: '106540352242922',
  waba_id: '102290129340398',
  access_token: 'demo-access-token',
  app_secret: 'demo-app-secret',
  verify_token: 'demo-verify-token',
};

const account = await call('POST', `${server}/admin/channel-accounts`, {
  channel: 'whatsapp_cloud', name: 'Panadería Aurora', settings: { ...settings, base_url: sandbox },
});
await call('POST', `${sandbox}/control/accounts`, {
  channel: 'whatsapp_cloud', ...settings, webhook_url: account.webhook_url, display_phone_number: '541155550100', verified_name: 'Panadería Aurora',
});

// The people who answer. They sign in with the demo's password; Lucía also speaks below.
for (const [name, role] of [['Lucía Ferreyra', 'owner'], ['Tomás Acuña', 'operator'], ['Grace Miller', 'viewer']])
  await call('POST', `${server}/admin/operators`, {
    name, role, email: `${name.split(' ')[0].normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()}@chat-operator.test`, password: 'demo-password-2026',
  });
const lucia = await call('POST', `${server}/admin/tokens`, { name: 'Lucía Ferreyra', role: 'operator' });

// The other networks.
const elsewhere = networks(sandbox);
for (const { channel, name, settings: own, base_url } of elsewhere) {
  const connected = await call('POST', `${server}/admin/channel-accounts`, { channel, name, settings: { ...own, base_url } });
  await call('POST', `${sandbox}/control/accounts`, { channel, ...own, webhook_url: connected.webhook_url, name });
}
const widget = await call('POST', `${server}/admin/channel-accounts`, website(new URL(sandbox).origin));
await call('PUT', `${sandbox}/control/site`, {
  server, widget: widget.webhook_url.split('/').at(-1), identity_secret: website(sandbox).settings.identity_secret,
});
await call('POST', `${server}/admin/templates/sync`, {});

// Everybody's lines in the order of time, as they would have come in.
const now = Date.now();
const everybody = [
  ...conversations.map((chat) => ({ ...chat, account: settings.phone_number_id })),
  ...elsewhere.flatMap(({ id, chats }) => chats.map((chat) => ({ ...chat, account: id }))),
];
const lines = everybody
  .flatMap((chat) => chat.lines.map(([minutes, who, what]) => ({ chat, who, what, at: now - minutes * 60_000 })))
  .sort((a, b) => a.at - b.at);
for (const { chat, who, what, at } of lines) {
  const message = {
    ...(typeof what === 'string' ? { type: 'text', text: what } : what),
    account: chat.account, name: chat.name, timestamp: new Date(at).toISOString(), wait: true,
  };
  const url = who === '<' ? `${sandbox}/control/phones/${chat.phone}/messages` : `${sandbox}/control/accounts/${chat.account}/echo`;
  await call('POST', url, { ...message, phone: chat.phone });
}

const list = await call('GET', `${server}/admin/chats/summary?limit=200`);
for (const chat of conversations) {
  const shown = list.find((row) => row.display_name === chat.name);
  if (!shown) throw new Error(`${chat.name} does not stand in the list: the webhooks did not arrive`);
  if (chat.release) await call('POST', `${server}/admin/conversations/${shown.id}/human-override`, { locked: false });
  if (chat.reply)
    await call('POST', `${server}/admin/whatsapp/send`, { conversation_id: shown.id, message: chat.reply, channel_source: shown.channel_source }, lucia.token);
}

// The agent comes last: what was written before it was switched on is history to it. Without a model it answers from the knowledge alone.
for (const entry of knowledge) await call('POST', `${server}/admin/knowledge`, entry);
for (const snippet of snippets) await call('POST', `${server}/admin/snippets`, snippet);
await call('PUT', `${server}/admin/agent`, {
  enabled: true, debounce_ms: 1500, handoff: { when_unsure: false },
  instructions: 'Sos el asistente de Panadería Aurora, en Palermo, Buenos Aires. Respondé con calidez y en pocas palabras.',
});
await call('POST', `${sandbox}/control/phones/5491155550121/messages`, {
  type: 'text', text: 'Hola! Tienen opciones veganas? Y hacen envíos a Chacarita?', account: settings.phone_number_id, name: 'Sofía Bianchi', wait: true,
});
console.log(`${conversations.length + 1} conversations, ${knowledge.length} entries of knowledge`);
