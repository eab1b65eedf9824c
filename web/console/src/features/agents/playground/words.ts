import { dictionary } from '@/ui/words';

export const words = dictionary(
  {
    talk: 'Talk to it', lead: 'Nothing you write here reaches a customer.', with: 'Talk to', draft: 'Unpublished changes', current: 'What answers now', version: (n: number) => `Version ${n}`, place: 'Write as a customer…', send: 'Send', clear: 'Start over', empty: 'Write as a customer would', emptyWhy: 'You see its answer here, and beside it what it looked up, what it was given and what it cost.', trace: 'How it came to that', pickTurn: 'Choose an answer to see how it came about.', thinking: 'Thinking', publish: 'Publish these changes', published: 'Published', failed: 'It could not answer', nothing: 'It said nothing', handedOff: 'It would hand this chat over to a human', conversation: 'Conversation', showTrace: 'How?', readOnly: 'Only an owner can talk to it here.',
  },
  {
    talk: 'Hablá con ella', lead: 'Nada de lo que escribas acá le llega a un cliente.', with: 'Hablar con', draft: 'Cambios sin publicar', current: 'La que responde ahora', version: (n: number) => `Versión ${n}`, place: 'Escribí como un cliente…', send: 'Enviar', clear: 'Empezar de nuevo', empty: 'Escribí como lo haría un cliente', emptyWhy: 'Acá ves su respuesta y, al lado, qué buscó, qué recibió y cuánto costó.', trace: 'Cómo llegó a eso', pickTurn: 'Elegí una respuesta para ver de dónde salió.', thinking: 'Pensando', publish: 'Publicar estos cambios', published: 'Publicado', failed: 'No pudo responder', nothing: 'No dijo nada', handedOff: 'Derivaría este chat a una persona', conversation: 'Conversación', showTrace: '¿Cómo?', readOnly: 'Solo un dueño puede hablar con ella acá.',
  },
);
