import { dictionary } from '@/ui/words';

export const words = dictionary(
  { title: 'Tenants', lead: 'The businesses of this installation.', name: 'Name of the business', create: 'Create', none: 'No tenants', addOwner: 'Add an owner', person: 'Name', email: 'E-mail', password: 'First password', passwordHelp: 'At least 10 characters.', add: 'Add', added: 'The owner can sign in now' },
  { title: 'Negocios', lead: 'Los negocios de esta instalación.', name: 'Nombre del negocio', create: 'Crear', none: 'No hay negocios', addOwner: 'Agregar un dueño', person: 'Nombre', email: 'Correo electrónico', password: 'Primera contraseña', passwordHelp: 'Al menos 10 caracteres.', add: 'Agregar', added: 'El dueño ya puede entrar' },
);
