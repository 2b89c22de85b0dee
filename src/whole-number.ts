import { makeValidator } from 'envalid';

/** A setting that takes a whole number from `least` to `most`. */
export const wholeNumber = (least: number, most: number): ReturnType<typeof makeValidator<number>> =>
  makeValidator((text: string) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new Error(`it has to be a whole number from ${least} to ${most}`);
    }
    return value;
  });
