import { dictionary } from '@/ui/words';

export const words = dictionary({
  title: ['Snippets', 'Frases guardadas'],
  none: ['No snippets yet', 'Todavía no hay frases guardadas'],
  noneWhy: ['Write what you answer often once, and insert it in a chat by typing / and its name.', 'Escribí una vez lo que respondés seguido, y ponelo en un chat escribiendo / y su nombre.'],
  add: ['Write a snippet', 'Escribir una frase'],
  change: ['Change the snippet', 'Cambiar la frase'],
  name: ['Name', 'Nombre'],
  nameHelp: ['Typed behind the slash: letters, digits, hyphens.', 'Va detrás de la barra: letras, números, guiones.'],
  text: ['Text', 'Texto'],
  fills: ['Filled in for each customer:', 'Se completa para cada cliente:'],
  save: ['Save', 'Guardar'],
  edit: ['Change', 'Cambiar'],
  remove: ['Delete', 'Borrar'],
  removeSure: [(name: string) => `Delete /${name}? Messages that were sent with it stay as they are.`, (name: string) => `¿Borrar /${name}? Los mensajes ya enviados quedan como están.`],
  keys: ['↑ ↓ choose · Enter inserts · Esc closes', '↑ ↓ elegir · Enter inserta · Esc cierra'],
});
