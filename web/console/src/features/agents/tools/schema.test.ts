import { expect, it } from 'vitest';
import { argumentsOf, schemaOf, schemaProblem } from './schema';
import { words } from './words';

const order = { type: 'object', properties: { number: { type: 'string', description: 'Order number' } }, required: ['number'] };
const problem = (schema: unknown, url = '') => schemaProblem(typeof schema === 'string' ? schema : JSON.stringify(schema), url, words.en);

it('turns a plain schema into a form and back', () => {
  expect(argumentsOf(order)).toEqual([{ name: 'number', type: 'string', description: 'Order number', required: true }]);
  expect(schemaOf(argumentsOf(order)!)).toEqual(order);
});

it('leaves richer schemas to be edited as JSON, so that nothing of them is lost', () => {
  expect(argumentsOf({ ...order, additionalProperties: false })).toBeNull();
  expect(argumentsOf({ type: 'object', properties: { day: { type: 'string', enum: ['mon'] } } })).toBeNull();
});

it('says what is wrong with a schema', () => {
  expect(problem(order, 'https://x.test/orders/{number}')).toBeNull();
  expect(problem('{')).toContain('not JSON');
  expect(problem({ type: 'array' })).toContain('"object"');
  expect(problem({ type: 'object', properties: { a: {} } })).toContain('“a”');
  expect(problem({ ...order, required: ['name'] })).toContain('“name”');
  expect(problem(order, 'https://x.test/orders/{id}')).toContain('“id”');
});
