import { count, dictionary } from '@/ui/words';

export const words = dictionary(
  {
    attach: 'Attach files', drop: 'Drop files to attach them', remove: (name: string) => `Remove ${name}`, caption: 'Caption', uploading: 'Uploading', ready: 'Ready',
    again: 'Try again', files: (n: number) => count(n, 'file', 'files'), tray: 'Files to send', limits: 'This channel takes', upTo: (size: string) => `up to ${size}`,
    kind_image: 'Images', kind_video: 'Video', kind_audio: 'Audio', kind_document: 'Documents', kind_sticker: 'Stickers',
    tooLarge: (size: string) => `Too large: at most ${size} here`, notTaken: 'This channel does not take files of this type',
    waiting: 'The file is on its way', waitingUpload: 'Wait until the files are there', lost_too_large: 'The file was too large to keep',
    lost_network_gone: 'The network no longer has this file', lost_account_gone: 'The account was removed before the file came',
    expired: 'This file was removed: it was older than files are kept', deleted: 'The sender took this file back', broken: 'This file could not be loaded',
    open: (name: string) => `Open ${name}`, close: 'Close', download: 'Download', image: 'Image', video: 'Video', sticker: 'Sticker', voice: 'Voice note', audio: 'Audio', document: 'Document',
    play: 'Play', pause: 'Pause', position: 'Position', speed: 'Speed', previous: 'Previous image', next: 'Next image',
  },
  {
    attach: 'Adjuntar archivos', drop: 'Soltá los archivos para adjuntarlos', remove: (name: string) => `Quitar ${name}`, caption: 'Texto del archivo', uploading: 'Subiendo', ready: 'Listo',
    again: 'Reintentar', files: (n: number) => count(n, 'archivo', 'archivos'), tray: 'Archivos por enviar', limits: 'Este canal acepta', upTo: (size: string) => `hasta ${size}`,
    kind_image: 'Imágenes', kind_video: 'Video', kind_audio: 'Audio', kind_document: 'Documentos', kind_sticker: 'Stickers',
    tooLarge: (size: string) => `Muy grande: acá como máximo ${size}`, notTaken: 'Este canal no acepta archivos de este tipo',
    waiting: 'El archivo está en camino', waitingUpload: 'Esperá a que suban los archivos', lost_too_large: 'El archivo era demasiado grande',
    lost_network_gone: 'La red ya no tiene este archivo', lost_account_gone: 'La cuenta se quitó antes de que llegara el archivo',
    expired: 'Este archivo se borró: era más viejo de lo que se guarda', deleted: 'Quien lo envió borró este archivo', broken: 'No se pudo cargar este archivo',
    open: (name: string) => `Abrir ${name}`, close: 'Cerrar', download: 'Descargar', image: 'Imagen', video: 'Video', sticker: 'Sticker', voice: 'Nota de voz', audio: 'Audio', document: 'Documento',
    play: 'Reproducir', pause: 'Pausar', position: 'Posición', speed: 'Velocidad', previous: 'Imagen anterior', next: 'Imagen siguiente',
  },
);
