import { dictionary } from '@/ui/words';

export const words = dictionary(
  {
    title: 'Channels', lead: 'The numbers, pages and widgets your customers write to.', connect: 'Connect a channel', none: 'No channel is connected', noneWhy: 'Connect a WhatsApp number, a page or the web widget to receive the first chat.',
    choose: 'Which network?', name: 'Name', nameHelp: 'How your team will recognise this account.', save: 'Connect', saveChanges: 'Save', test: 'Test the connection', disable: 'Disable', enable: 'Enable', disabled: 'Disabled', paused: 'Paused', on: 'Connected',
    embed: 'Code for your pages', embedHelp: 'Paste it before </body> on every page that shall show the chat.', webhook: 'Webhook address', webhookHelp: 'Paste this address into the settings of the network.', connected: 'The account is connected', works: 'The connection works', edit: 'Settings', keepSecret: 'Leave empty to keep the present value', optional: 'optional', back: 'Choose another network', done: 'Done', advanced: 'More settings', byDefault: (value: string) => `By default ${value}`, tokenExpired: 'The access token has expired. Put a new one into the settings; what waits goes out then.', pausedWhy: (why: string) => `The network refuses this account (${why}). Test the connection to see what to do.`,
  },
  {
    title: 'Canales', lead: 'Los números, páginas y widgets a los que te escriben.', connect: 'Conectar un canal', none: 'No hay canales conectados', noneWhy: 'Conectá un número de WhatsApp, una página o el widget web para recibir el primer chat.',
    choose: '¿Qué red?', name: 'Nombre', nameHelp: 'Cómo va a reconocer tu equipo esta cuenta.', save: 'Conectar', saveChanges: 'Guardar', test: 'Probar la conexión', disable: 'Desactivar', enable: 'Activar', disabled: 'Desactivado', paused: 'En pausa', on: 'Conectado',
    embed: 'Código para tus páginas', embedHelp: 'Pegalo antes de </body> en cada página que muestre el chat.', webhook: 'Dirección del webhook', webhookHelp: 'Pegá esta dirección en la configuración de la red.', connected: 'La cuenta está conectada', works: 'La conexión funciona', edit: 'Configurar', keepSecret: 'Dejalo vacío para conservar el valor actual', optional: 'opcional', back: 'Elegir otra red', done: 'Listo', advanced: 'Más ajustes', byDefault: (value: string) => `Por defecto ${value}`, tokenExpired: 'El token de acceso venció. Poné uno nuevo en la configuración; lo que espera sale entonces.', pausedWhy: (why: string) => `La red rechaza esta cuenta (${why}). Probá la conexión para ver qué hacer.`,
  },
);
