/** A key nobody else has. `crypto.randomUUID` is missing on plain http from another machine; random bytes are not. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
