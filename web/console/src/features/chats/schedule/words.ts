import { dictionary } from '@/ui/words';

/** Sending later. */
export const words = dictionary(
  {
    later: 'Send later', reschedule: 'Send at another time', inAnHour: 'In an hour', tonight: 'This evening', tomorrow: 'Tomorrow morning', monday: 'Monday morning', other: 'Another time', set: 'Schedule',
    closes: (time: string) => `The reply window closes ${time}: later than that it would be refused.`, past: 'That moment has passed.',
  },
  {
    later: 'Enviar más tarde', reschedule: 'Enviar en otro momento', inAnHour: 'En una hora', tonight: 'Esta noche', tomorrow: 'Mañana a la mañana', monday: 'El lunes a la mañana', other: 'Otro momento', set: 'Programar',
    closes: (time: string) => `La ventana de respuesta cierra ${time}: más tarde sería rechazado.`, past: 'Ese momento ya pasó.',
  },
);
