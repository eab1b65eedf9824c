import { expect, it } from 'vitest';
import type { Template } from '@api/schema';
import { body, fill, isComplete, prefill } from './template';

const slot = (name: string, kind = 'text') => ({ name, kind, required: true, example: null, max_length: null, label: null });
const template = (look: Partial<Template['look']>, slots: Template['slots']): Template => ({
  look: { header: null, body: '', footer: null, buttons: [], unknown: [], ...look }, slots, needs_phone: false,
}) as unknown as Template;
const ana = { name: 'Ana Pérez', phone: '+5491155550101' };

it('fills in the name where a greeting or the variable says that it belongs', () => {
  expect(prefill(template({ body: 'Hola {{1}}, tu pedido {{2}} está listo.' }, [slot('body.1'), slot('body.2')]), ana)).toEqual({ 'body.1': 'Ana' });
  expect(prefill(template({ body: 'Te esperamos el {{day}}, {{customer}}.' }, [slot('body.day'), slot('body.customer')]), ana)).toEqual({ 'body.customer': 'Ana' });
  expect(prefill(template({ body: '{{1}}, te esperamos el {{2}}.' }, [slot('body.1'), slot('body.2')]), ana)).toEqual({ 'body.1': 'Ana' });
  expect(prefill(template({ body: 'Todo {{1}} más barato.' }, [slot('body.1')]), ana)).toEqual({});
});

it('shows what will be sent while it is typed', () => {
  const order = template(
    { body: 'Hola {{1}}', buttons: [{ kind: 'quick_reply', text: 'Sí', value: null }, { kind: 'url', text: 'Ver', value: 'https://x.test/{{1}}' }] },
    [slot('body.1'), slot('buttons.0', 'payload'), slot('buttons.1', 'url')]);
  const values = { 'body.1': 'Ana', 'buttons.1': 'order/42' };
  expect(fill(order, values).body).toBe('Hola Ana');
  expect(fill(order, values).buttons[1]!.value).toBe('https://x.test/order/42');
  expect(isComplete(order, values)).toBeTruthy();
  expect(isComplete(order, { 'body.1': 'Ana' })).toBeFalsy();
  expect(body(order, values)).toEqual({ parameters: values });
});

it('sends a place as numbers and a file by its link', () => {
  const place = template({ header: { kind: 'location' } as never }, [slot('header', 'location')]);
  const values = { 'header.name': 'Tienda', 'header.address': 'Corrientes 1', 'header.latitude': '-34.6', 'header.longitude': '-58.4' };
  expect(body(place, values).header).toEqual({ name: 'Tienda', address: 'Corrientes 1', latitude: -34.6, longitude: -58.4 });
  expect(isComplete(template({}, [slot('header', 'image')]), {})).toBeFalsy();
  expect(body(template({}, [slot('header', 'image')]), { 'header.link': ' https://x.test/a.png ' }).header).toEqual({ link: 'https://x.test/a.png' });
});
