import { dictionary } from '@/ui/words';

export const words = dictionary({
  title: ['Search and commands', 'Búsqueda y comandos'],
  place: ['Find a chat, a page or a command…', 'Buscá un chat, una página o un comando…'],
  actions: ['This chat', 'Este chat'],
  chats: ['Chats', 'Chats'],
  pages: ['Go to', 'Ir a'],
  unknown: ['Unknown', 'Desconocido'],
  nothing: ['Nothing found', 'Sin resultados'],
  searching: ['Searching…', 'Buscando…'],
  close: ['Close', 'Cerrar'],
  knowledge: ['Knowledge', 'Conocimiento'],
  playground: ['Playground', 'Pruebas'],
  traces: ['Find a message', 'Buscar un mensaje'],
  alerts: ['Alerts', 'Avisos'],
  appearance: ['Appearance', 'Apariencia'],
  light: ['Light theme', 'Tema claro'],
  dark: ['Dark theme', 'Tema oscuro'],
  other: ['Cambiar a español', 'Switch to English'],
});
