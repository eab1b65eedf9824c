import { dictionary } from '@/ui/words';

export const words = dictionary(
  {
    title: 'Settings', operators: 'Operators', tokens: 'API tokens', appearance: 'Appearance', password: 'Password', addOperator: 'Add an operator', name: 'Name', email: 'E-mail', role: 'Role', firstPassword: 'First password', firstPasswordHelp: 'At least 10 characters. They can change it after signing in.',
    add: 'Add', disable: 'Disable', enable: 'Enable', disabled: 'Disabled', you: 'You', owner: 'Owner', operator: 'Operator', noTokens: 'No tokens', noTokensWhy: 'A token lets another system speak to this server in the name of your business.', addToken: 'Create a token', created: 'Created', lastUsed: 'Last used', never: 'never',
    tokenOnce: 'Copy the token now: it is shown only once.', revoke: 'Revoke', revokeSure: (name: string) => `Revoke “${name}”? Whoever uses it loses access at once.`, cancel: 'Cancel', done: 'Done', create: 'Create', current: 'Current password', next: 'New password', change: 'Change password', changed: 'The password is changed',
    theme: 'Theme', system: 'As the system', light: 'Light', dark: 'Dark', language: 'Language', singleKeys: 'Shortcuts of a single key', keysNote: 'Turn them off if you dictate or use a switch device.', admin: 'Administrator', service: 'Service',
  },
  {
    title: 'Ajustes', operators: 'Operadores', tokens: 'Tokens de API', appearance: 'Apariencia', password: 'Contraseña', addOperator: 'Agregar un operador', name: 'Nombre', email: 'Correo electrónico', role: 'Rol', firstPassword: 'Primera contraseña', firstPasswordHelp: 'Al menos 10 caracteres. La puede cambiar después de entrar.',
    add: 'Agregar', disable: 'Desactivar', enable: 'Activar', disabled: 'Desactivado', you: 'Vos', owner: 'Dueño', operator: 'Operador', noTokens: 'No hay tokens', noTokensWhy: 'Un token deja que otro sistema le hable a este servidor en nombre de tu negocio.', addToken: 'Crear un token', created: 'Creado', lastUsed: 'Último uso', never: 'nunca',
    tokenOnce: 'Copiá el token ahora: se muestra una sola vez.', revoke: 'Revocar', revokeSure: (name: string) => `¿Revocar «${name}»? Quien lo use pierde el acceso enseguida.`, cancel: 'Cancelar', done: 'Listo', create: 'Crear', current: 'Contraseña actual', next: 'Contraseña nueva', change: 'Cambiar la contraseña', changed: 'La contraseña se cambió',
    theme: 'Tema', system: 'Como el sistema', light: 'Claro', dark: 'Oscuro', language: 'Idioma', singleKeys: 'Atajos de una sola tecla', keysNote: 'Desactivalos si dictás o usás un pulsador.', admin: 'Administrador', service: 'Servicio',
  },
);
