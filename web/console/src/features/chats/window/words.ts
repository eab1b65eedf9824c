import { dictionary } from '@/ui/words';

/** The reply window, what can be said when it is closed, and what the contact wants. */
export const words = dictionary({
  left: [(time: string) => `${time} left to answer freely`, (time: string) => `${time} para responder libremente`],
  closedTitle: ['The reply window is closed', 'La ventana de respuesta está cerrada'],
  closedWhy: [
    'The network accepts no free text until the customer writes again.',
    'La red no acepta texto libre hasta que el cliente vuelva a escribir.',
  ],
  neverWrote: [
    'This customer has not written yet, so the network only accepts templates.',
    'Este cliente todavía no escribió: la red solo acepta plantillas.',
  ],
  template: ['Send a template', 'Enviar una plantilla'],
  hold: ['Hold until they write', 'En espera hasta que escriba'],
  holdNote: [
    'It stays in the chat and goes out as soon as they write again. You can cancel it.',
    'Espera, visible en el chat, y sale apenas vuelva a escribir. Se puede cancelar.',
  ],
  only: ['Leave a message: it goes out as soon as they write again.', 'Dejá un mensaje: sale apenas vuelva a escribir.'],
  consent: ['Marketing consent', 'Consentimiento de marketing'],
  marketing: ['Marketing', 'Marketing'],
  utility: ['Order updates', 'Avisos de pedidos'],
  authentication: ['Codes', 'Códigos'],
  in: ['opted in', 'aceptó'],
  out: ['opted out', 'se dio de baja'],
  unknown: ['not asked', 'sin preguntar'],
  allow: ['Record that they opted back in', 'Registrar que volvió a aceptar'],
  stop: ['Record that they opted out', 'Registrar que se dio de baja'],
  why: ['How did they tell you?', '¿Cómo lo dijo?'],
  note: ['Note', 'Anotar'],
  cancel: ['Cancel', 'Cancelar'],
  keyword: [(word: string) => `wrote “${word}”`, (word: string) => `escribió «${word}»`],
  preference: ['in the network’s app', 'en la app de la red'],
  refusal: ['the network refused', 'la red lo rechazó'],
  operator: [(name: string) => `noted by ${name}`, (name: string) => `lo anotó ${name}`],
  history: ['Earlier', 'Antes'],
});
