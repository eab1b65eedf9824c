import { dictionary } from '@/ui/words';

export const words = dictionary(
  {
    chats: 'Chats', agent: 'Agent', templates: 'Templates', receipts: 'Receipts', channels: 'Channels', settings: 'Settings', tenants: 'Tenants', signOut: 'Sign out', nav: 'Main',
    skip: 'Skip', skipList: 'Skip to the list of chats', skipThread: 'Skip to the messages', skipComposer: 'Skip to writing', skipMain: 'Skip to the page',
    offline: (age: string) => `No connection. What you see is ${age} old; what you write is kept and goes out later.`, theme: 'Theme', system: 'As the system', light: 'Light', dark: 'Dark',
    language: 'Language', help: 'Keyboard shortcuts', singleKeys: 'Shortcuts of a single key', singleKeysNote: 'Turn them off if you dictate or use a switch device.',
    keyHelp: 'This help', keySearch: 'Search chats', keyNext: 'Next chat', keyPrevious: 'Previous chat', keyReply: 'Reply to the last message', keyLock: 'Take over or hand back', keyDetails: 'Show or hide details',
    keyUp: 'In an empty composer: edit the last waiting message', keyEsc: 'Leave the composer, stop quoting, close the trace', account: 'Account and appearance', notFound: 'There is no such page', toChats: 'Go to the chats',
    paused: (names: string) => `The network refuses ${names}. What you send is kept and leaves once it is reconnected.`, reconnect: 'Reconnect', askOwner: 'Tell an owner of your business.',
    crashed: 'Something broke on this page', reload: 'Reload',
  },
  {
    chats: 'Chats', agent: 'Agente', templates: 'Plantillas', receipts: 'Recepción', channels: 'Canales', settings: 'Ajustes', tenants: 'Negocios', signOut: 'Cerrar sesión', nav: 'Principal',
    skip: 'Saltar', skipList: 'Saltar a la lista de chats', skipThread: 'Saltar a los mensajes', skipComposer: 'Saltar a escribir', skipMain: 'Saltar a la página',
    offline: (age: string) => `Sin conexión. Lo que ves tiene ${age}; lo que escribas se guarda y sale después.`, theme: 'Tema', system: 'Como el sistema', light: 'Claro', dark: 'Oscuro',
    language: 'Idioma', help: 'Atajos de teclado', singleKeys: 'Atajos de una sola tecla', singleKeysNote: 'Desactivalos si dictás o usás un pulsador.',
    keyHelp: 'Esta ayuda', keySearch: 'Buscar chats', keyNext: 'Chat siguiente', keyPrevious: 'Chat anterior', keyReply: 'Responder al último mensaje', keyLock: 'Tomar o devolver el chat', keyDetails: 'Mostrar u ocultar detalles',
    keyUp: 'Con el editor vacío: editar el último mensaje en espera', keyEsc: 'Salir del editor, dejar de citar, cerrar la traza', account: 'Cuenta y apariencia', notFound: 'Esta página no existe', toChats: 'Ir a los chats',
    paused: (names: string) => `La red rechaza ${names}. Lo que envíes se guarda y sale cuando se reconecte.`, reconnect: 'Reconectar', askOwner: 'Avisale a un dueño de tu negocio.',
    crashed: 'Algo se rompió en esta página', reload: 'Recargar',
  },
);
