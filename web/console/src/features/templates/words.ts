import { count, dictionary } from '@/ui/words';

export const words = dictionary(
  {
    title: 'Templates', lead: 'Texts the network approved: they may be sent at any time, also to people who have not written.', sync: 'Synchronise', synced: (n: number) => count(n, 'template read', 'templates read'), search: 'Search by name or words', status: 'Status', language: 'Language', category: 'Category', quality: 'Quality',
    none: 'No template fits', noneWhy: 'Take a filter away.', empty: 'No templates yet', emptyWhy: 'Connect a channel that has templates, such as WhatsApp; its templates appear here by themselves.',
    read: (ago: string) => `read ${ago}`, never: 'not read yet', failed: 'Could not be read', GREEN: 'good', YELLOW: 'medium', RED: 'low', name: 'Template', changed: 'Changed', close: 'Close', send: 'Write to somebody', sendNote: 'A chat is found or begun; the message leaves like every other.',
    to: 'Number with its country code', person: 'Name', account: 'Account', cannot: (kinds: string) => `It has ${kinds}, which cannot be filled in here. Send it with the network’s own tools, or choose another.`, rejected: (why: string) => `Why: ${why}`, story: 'What changed', bySync: 'seen at synchronisation', byWebhook: 'told by the network', networkId: 'The network’s id', owner: 'Owner', raw: 'As the network describes it',
    added: 'first seen', removed: 'removed', field_status: 'Status', field_category: 'Category', field_quality: 'Quality', field_reason: 'Reason', field_name: 'Name', field_header: 'Header', field_body: 'Text', field_footer: 'Footer', field_buttons: 'Buttons', field_components: 'Parts', sent: 'In the outbox', openChat: 'Open the chat', nothing: '—', recently: 'Changed in the last 24 hours',
  },
  {
    title: 'Plantillas', lead: 'Textos que la red aprobó: se pueden enviar en cualquier momento, también a quien no escribió.', sync: 'Sincronizar', synced: (n: number) => count(n, 'plantilla leída', 'plantillas leídas'), search: 'Buscar por nombre o texto', status: 'Estado', language: 'Idioma', category: 'Categoría', quality: 'Calidad',
    none: 'Ninguna plantilla coincide', noneWhy: 'Quitá algún filtro.', empty: 'Todavía no hay plantillas', emptyWhy: 'Conectá un canal que tenga plantillas, como WhatsApp; aparecen acá solas.',
    read: (ago: string) => `leídas ${ago}`, never: 'aún sin leer', failed: 'No se pudieron leer', GREEN: 'buena', YELLOW: 'media', RED: 'baja', name: 'Plantilla', changed: 'Cambió', close: 'Cerrar', send: 'Escribirle a alguien', sendNote: 'Se busca o se abre un chat; el mensaje sale como cualquier otro.',
    to: 'Número con código de país', person: 'Nombre', account: 'Cuenta', cannot: (kinds: string) => `Tiene ${kinds}, que acá no se puede completar. Enviala con las herramientas de la red, o elegí otra.`, rejected: (why: string) => `Motivo: ${why}`, story: 'Qué cambió', bySync: 'visto al sincronizar', byWebhook: 'avisado por la red', networkId: 'Id en la red', owner: 'Dueño', raw: 'Tal como la describe la red',
    added: 'vista por primera vez', removed: 'eliminada', field_status: 'Estado', field_category: 'Categoría', field_quality: 'Calidad', field_reason: 'Motivo', field_name: 'Nombre', field_header: 'Encabezado', field_body: 'Texto', field_footer: 'Pie', field_buttons: 'Botones', field_components: 'Partes', sent: 'En la bandeja de salida', openChat: 'Abrir el chat', nothing: '—', recently: 'Cambió en las últimas 24 horas',
  },
);
