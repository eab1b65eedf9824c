import { dictionary } from '@/ui/words';

export const words = dictionary({
  lead: ['Nothing you write here reaches a customer.', 'Nada de lo que escribas acá le llega a un cliente.'],
  with: ['Talk to', 'Hablar con'],
  draft: ['Unpublished changes', 'Cambios sin publicar'],
  current: ['Live version', 'La que responde ahora'],
  version: [(n: number) => `Version ${n}`, (n: number) => `Versión ${n}`],
  place: ['Write as a customer…', 'Escribí como un cliente…'],
  send: ['Send', 'Enviar'],
  clear: ['Start over', 'Empezar de nuevo'],
  empty: ['Write as a customer would', 'Escribí como lo haría un cliente'],
  emptyWhy: [
    'You see its answer here, and next to it what it looked up, what it received and what it cost.',
    'Acá ves su respuesta y, al lado, qué buscó, qué recibió y cuánto costó.',
  ],
  trace: ['How it got there', 'Cómo llegó a eso'],
  pickTurn: ['Choose an answer to see how it got there.', 'Elegí una respuesta para ver de dónde salió.'],
  thinking: ['Thinking', 'Pensando'],
  publish: ['Publish these changes', 'Publicar estos cambios'],
  published: ['Published', 'Publicado'],
  failed: ['It could not answer', 'No pudo responder'],
  nothing: ['It said nothing', 'No dijo nada'],
  handedOff: ['It would hand this chat over to a person', 'Derivaría este chat a una persona'],
  conversation: ['Conversation', 'Conversación'],
  showTrace: ['How?', '¿Cómo?'],
  readOnly: ['Only an owner can talk to it here.', 'Solo un dueño puede hablar con ella acá.'],
  publishVersion: [(n: number) => `Publish version ${n}`, (n: number) => `Publicar la versión ${n}`],
});
