// The control API in the phone's words. Every call throws an Error whose message can be shown to a person.

async function call(path, method = 'GET', body) {
  const answer = await fetch('/control' + path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) {
    const said = await answer.json().catch(() => ({}));
    throw new Error(said.error ?? `The sandbox answered ${answer.status}`);
  }
  return answer;
}

const json = async answer => (await answer).json();

export const accounts = () => json(call('/accounts'));
export const connect = settings => json(call('/accounts', 'POST', settings));
export const phones = () => json(call('/phones'));
export const phone = number => json(call(`/phones/${number}`));
export const change = (number, what) => json(call(`/phones/${number}`, 'PUT', what));
export const write = (number, message) => json(call(`/phones/${number}/messages`, 'POST', message));
export const echo = (account, message) => json(call(`/accounts/${account}/echo`, 'POST', message));
export const open = (number, account) => call(`/phones/${number}/open?account=${account}`, 'POST');
export const faults = () => json(call('/faults'));
export const setFaults = plan => json(call('/faults', 'PUT', plan));
export const clearFaults = () => call('/faults', 'DELETE');

export async function thread(number, account) {
  const answer = await call(`/phones/${number}/messages?all=true&account=${account}`);
  return { typing: answer.headers.get('x-typing') === 'true', messages: await answer.json() };
}

export async function upload(file) {
  const answer = await fetch(`/control/media?filename=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  });
  return (await answer.json()).id;
}
