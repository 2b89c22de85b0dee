/** The UUIDs of the warren set, which is made up: each is told by its last digits. */
export const id = (number: number): string => `00000000-0000-4000-a000-${String(number).padStart(12, '0')}`;
