import type { Template, TemplateLook, TemplateSlot } from '@api/schema';

/** What an operator has typed so far, by the slot's name; a header that is a file or a place has names of its own. */
export type Values = Record<string, string>;

const placeholder = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** The parts of a header that is not words. */
export const headerFields = (slot: TemplateSlot): string[] =>
  slot.kind === 'location' ? ['header.name', 'header.address', 'header.latitude', 'header.longitude']
    : slot.kind === 'document' ? ['header.link', 'header.filename'] : ['header.link'];

export const isWords = (slot: TemplateSlot) => ['text', 'url', 'code', 'payload'].includes(slot.kind);

/** The fields to fill, in reading order. What a quick reply gives back is the machine's business, not the operator's. */
export const shownSlots = (template: Template) => template.slots.filter((slot) => slot.kind !== 'payload');

/** Whether everything that is needed has been typed. */
export const isComplete = (template: Template, values: Values) => shownSlots(template).every((slot) =>
  isWords(slot) ? values[slot.name]?.trim() : headerFields(slot).every((name) => name === 'header.filename' || values[name]?.trim()));

const text = (words: string, component: string, values: Values) =>
  words.replace(placeholder, (whole, name: string) => values[`${component}.${name}`]?.trim() || whole);

/** How it will look, as far as it is filled: at once, while the server's exact word is on its way. */
export function fill(template: Template, values: Values): TemplateLook {
  const { look } = template;
  const code = Object.entries(values).find(([name]) => name.startsWith('body.'))?.[1];
  return {
    ...look,
    header: look.header && {
      ...look.header,
      ...(look.header.kind === 'text' ? { text: text(look.header.text ?? '', 'header', values) } : {}),
      ...(values['header.link'] ? { link: values['header.link'] } : {}), ...(values['header.filename'] ? { file_name: values['header.filename'] } : {}),
      ...(values['header.name'] ? { name: values['header.name'] } : {}), ...(values['header.address'] ? { address: values['header.address'] } : {}),
    },
    body: text(look.body, 'body', values),
    buttons: look.buttons.map((button, index) => {
      const given = values[`buttons.${index}`]?.trim() || (template.needs_phone ? code : undefined);
      return button.kind === 'url' && given ? { ...button, value: (button.value ?? '').replace(placeholder, given) } : button.kind === 'copy_code' && given ? { ...button, value: given } : button;
    }),
  };
}

/** The request's fields that carry the values. */
export function body(template: Template, values: Values) {
  const slots = shownSlots(template);
  const named = Object.fromEntries(slots.filter(isWords).filter((slot) => values[slot.name]?.trim()).map((slot) => [slot.name, values[slot.name]!.trim()]));
  const header = slots.find((slot) => !isWords(slot));
  return {
    parameters: named,
    ...(header ? { header: headerOf(header, values) } : {}),
  };
}

function headerOf(slot: TemplateSlot, values: Values) {
  if (slot.kind !== 'location') return { link: values['header.link']?.trim(), ...(values['header.filename'] ? { file_name: values['header.filename'].trim() } : {}) };
  return {
    name: values['header.name']?.trim(), address: values['header.address']?.trim(),
    latitude: Number(values['header.latitude']), longitude: Number(values['header.longitude']),
  };
}

export interface Person {
  name: string;
  phone: string;
}

const personal = /^(first_?)?(name|customer|contact|client|user)(_?name)?$|^(nombre|cliente|contacto|usuario)s?$/i;

/**
 * What can be filled in from the contact: variables that are called like a name, and the first variable after a greeting or at the start,
 * where templates of all businesses put it.
 */
export function prefill(template: Template, person: Person): Values {
  const values: Values = {};
  const first = person.name.trim().split(/\s+/)[0] ?? '';
  for (const slot of template.slots) {
    const variable = slot.name.split('.')[1] ?? '';
    if (slot.kind !== 'text') continue;
    if (personal.test(variable) && first) values[slot.name] = first;
    else if (/^(phone|telefono|teléfono|mobile|celular)$/i.test(variable) && person.phone) values[slot.name] = person.phone;
    else if (/^\d+$/.test(variable) && first && greets(slot, template.look)) values[slot.name] = first;
  }
  return values;
}

/** "Hola {{1}}", "¡Hola, {{1}}!", "Dear {{1}}", or a text that begins with its variable and a comma. */
function greets(slot: TemplateSlot, look: TemplateLook): boolean {
  const [component, variable] = slot.name.split('.');
  const words = component === 'header' ? (look.header?.text ?? '') : look.body;
  return new RegExp(`(^|[¡!.\\n]\\s*)(hola|hello|hi|hey|dear|querid[oa]|estimad[oa]|buen[oa]s? \\w+|good \\w+)[,:]?\\s*\\*?\\{\\{\\s*${variable}\\s*\\}\\}`, 'i').test(words)
    || new RegExp(`^\\*?\\{\\{\\s*${variable}\\s*\\}\\}\\*?,`).test(words);
}
