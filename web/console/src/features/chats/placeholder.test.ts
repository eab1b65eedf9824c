import { expect, it } from 'vitest';
import { sharedKind, spoken } from './placeholder';

it.each([
  ['[Image]', 'Imagen'], ['[Voice note]', 'Nota de voz'], ['[Document: precios.pdf]', 'Documento: precios.pdf'],
  ['[Unsupported: poll]', 'No compatible: encuesta'], ['[story reply]', 'Respuesta a una historia'], ['[Contact: Ana, Eva]', 'Contacto: Ana, Eva'],
])('says %s in Spanish', (content, words) => expect(spoken(content, 'es')).toBe(words));

it('leaves what people write as it is', () => {
  for (const text of ['[hola]', 'mirá [Image] esto', 'Hola']) expect(spoken(text, 'es')).toBe(text);
});

it('names shared things, also those it does not know', () => {
  expect(sharedKind('story_reply', 'es')).toBe('Respuesta a una historia');
  expect(sharedKind('new_thing', 'es')).toBe('new thing');
});
