export const mebibyte = 1024 ** 2;

/** How many bytes of answers are kept for anonymous readers, unless the settings say otherwise. */
export const defaultHotPages = 32 * mebibyte;
