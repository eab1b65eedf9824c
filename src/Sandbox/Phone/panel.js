import * as api from './api.js';

const SENDS = {
  '': ['work', null],
  slow: ['take five seconds', { delay_ms: 5000 }],
  before: ['lose the connection, not accepted', { drop: 'before' }],
  after: ['lose the connection after acceptance', { drop: 'after' }],
  proxy: ['answer 502 from a proxy', { http: 502 }],
  busy: ['answer 131016, service unavailable', { code: 131016 }],
  rate: ['answer 130429, too many messages', { code: 130429 }],
  pair: ['answer 131056, too many to this person', { code: 131056 }],
  token: ['answer 190, token expired', { code: 190 }],
  early: ['report the status before they answer', { status_before_response: true }],
};
const WEBHOOKS = {
  '': ['work', null],
  slow: ['come three seconds late', { delay_ms: 3000 }],
  twice: ['come twice', { duplicate: 1 }],
  reorder: ['overtake each other', { reorder: true }],
  lost: ['never come', { drop: true }],
};

const byId = id => document.getElementById(id);

/** Wires the side of the page that a real phone does not have. */
export function startPanel({ state, attempt }) {
  byId('echo').addEventListener('submit', event => {
    event.preventDefault();
    const text = new FormData(event.target).get('text');
    attempt(async () => {
      await api.echo(state.account, { phone: state.phone, text });
      event.target.reset();
    });
  });

  byId('this-phone').addEventListener('change', event => {
    const form = event.currentTarget.elements;
    attempt(() => api.change(state.phone, {
      name: form.name.value || undefined,
      username: form.username.value,
      offline: form.offline.checked,
      fail_with: form.unreachable.checked ? 131026 : 0,
    }));
  });
  byId('this-phone').addEventListener('submit', event => event.preventDefault());

  const faults = byId('faults');
  for (const [name, choices] of [['send', SENDS], ['webhook', WEBHOOKS]])
    faults.elements[name].replaceChildren(...Object.entries(choices).map(([value, [label]]) => new Option(label, value)));
  faults.addEventListener('submit', event => {
    event.preventDefault();
    const chosen = new FormData(faults);
    const times = chosen.get('times') ? Number(chosen.get('times')) : undefined;
    const part = fault => fault && { ...fault, times };
    attempt(async () => showFaults(await api.setFaults({
      send: part(SENDS[chosen.get('send')][1]) ?? undefined,
      webhook: part(WEBHOOKS[chosen.get('webhook')][1]) ?? undefined,
    })));
  });
  faults.addEventListener('reset', () => attempt(async () => {
    await api.clearFaults();
    showFaults({});
  }));
  const look = async () => showFaults(await api.faults());
  look();
  setInterval(look, 2000);
}

export function showPhone({ name, username, offline, fail_with }) {
  const form = byId('this-phone').elements;
  form.name.value = name;
  form.username.value = username ?? '';
  form.offline.checked = offline;
  form.unreachable.checked = Boolean(fail_with);
}

function showFaults({ send, webhook }) {
  const left = [['Sends', send], ['Webhooks', webhook]]
    .filter(([, fault]) => fault && fault.times !== 0)
    .map(([what, fault]) => `${what} are broken${fault.times ? ` ${fault.times} more time${fault.times > 1 ? 's' : ''}` : ' until cleared'}`);
  byId('fault-state').textContent = left.join('. ') || 'Everything works.';
  byId('fault-state').classList.toggle('bad', left.length > 0);
}
