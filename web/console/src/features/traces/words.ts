import { dictionary } from '@/ui/words';

export const words = dictionary(
  { title: 'Trace', lead: 'What happened to a message, found by any id it goes by.', place: 'Correlation id, message id, or the network’s id', find: 'Find', start: 'Paste an id', startWhy: 'From a log, a bubble, a receipt, or the network: each of them finds the whole story.' },
  { title: 'Traza', lead: 'Qué pasó con un mensaje, buscado por cualquiera de sus ids.', place: 'Id de correlación, de mensaje o de la red', find: 'Buscar', start: 'Pegá un id', startWhy: 'De un registro, un globo, una recepción o la red: con cualquiera se encuentra la historia completa.' },
);
