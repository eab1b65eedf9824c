import { dictionary } from '@/ui/words';

export const words = dictionary({
  title: ['Tenants', 'Negocios'],
  lead: ['The businesses on this installation.', 'Los negocios de esta instalación.'],
  name: ['Business name', 'Nombre del negocio'],
  create: ['Create', 'Crear'],
  none: ['No tenants', 'No hay negocios'],
  addOwner: ['Add an owner', 'Agregar un dueño'],
  person: ['Name', 'Nombre'],
  email: ['Email', 'Correo electrónico'],
  password: ['First password', 'Primera contraseña'],
  passwordHelp: [(shortest: number) => `At least ${shortest} characters.`, (shortest: number) => `Al menos ${shortest} caracteres.`],
  add: ['Add', 'Agregar'],
  added: ['The owner can sign in now', 'El dueño ya puede entrar'],
});
