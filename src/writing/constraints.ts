import {
  ArrayMaxSize,
  IsIn,
  IsISO8601,
  IsNumber,
  Matches,
  Max,
  MaxLength,
  Min,
  registerDecorator,
  type ValidationOptions,
} from 'class-validator';
import currentLicenses from 'spdx-license-ids/index.json';
import formerLicenses from 'spdx-license-ids/deprecated.json';
import { longestText } from '../model/bounds';
import { holdsCleanTexts, isCleanLine, isCleanText, uncleanName } from '../model/texts';
import { isWebAddress } from '../model/web-address';
import type { WrittenField } from '../model/written-fields';
import type { FaultCode } from './faults';
import { jsonBytes } from './json-bytes';
import { shapeOf, type WritableType } from './shape';

const mostExtraFields = 200;

/** How many constraints of our own there are. */
let made = 0;

const classes = new Map<WritableType, new () => object>();

/** A class of which class-validator checks the fields of a type, made from its model. */
export function valuesClass(type: WritableType): new () => object {
  const known = classes.get(type);
  if (known) return known;
  const made = class {};
  for (const field of shapeOf(type).fields) constrain(made.prototype, field);
  classes.set(type, made);
  return made;
}

type Constraint = (options: ValidationOptions) => PropertyDecorator;

function constrain(prototype: object, field: WrittenField): void {
  for (const [code, message, constraint] of constraintsOf(field))
    constraint({ message: `\`${field.name}\` ${message}`, context: { code } })(prototype, field.name);
}

function constraintsOf({ name, value }: WrittenField): [code: FaultCode, message: string, constraint: Constraint][] {
  switch (value.is) {
    case 'text': {
      const { max } = value;
      return [
        ['TOO_LONG', `may have ${max} characters at most.`, holds((text) => hasAtMost(max, text as string))],
        value.lines ? cleanText : cleanLine,
        ...(formats[name] ?? []),
      ];
    }
    case 'webAddress':
      return [
        [
          'WRONG_FORMAT',
          'has to be an address that begins with http://, https:// or ftp://.',
          holds((address) => isWebAddress(address as string)),
        ],
        ['TOO_LONG', `may have ${value.max} characters at most.`, (options) => MaxLength(value.max, options)],
      ];
    case 'day':
      return [
        [
          'WRONG_FORMAT',
          'has to be a day such as `2024-05-31`.',
          holds((day) => /^\d{4}-\d{2}-\d{2}$/.test(day as string)),
        ],
        ['WRONG_FORMAT', 'has to be a day that there is.', isDay],
        ['OUT_OF_RANGE', 'may not be before 1900.', (options) => Matches(/^(?!0|1[0-8])/, options)],
      ];
    case 'instant':
      return [['OUT_OF_RANGE', 'may not be before 1900 or after 9999.', notAncient]];
    case 'decimal':
      return [['OUT_OF_RANGE', 'has to be a finite number.', (options) => IsNumber({}, options)]];
    case 'count':
      return [
        ['OUT_OF_RANGE', 'may not be less than 0.', (options) => Min(0, options)],
        ['OUT_OF_RANGE', 'is too large.', (options) => Max(name === 'order' ? 2 ** 31 - 1 : 2 ** 53 - 1, options)],
        ['WRONG_TYPE', 'has to be a whole number.', (options) => IsNumber({ maxDecimalPlaces: 0 }, options)],
      ];
    case 'choice':
      return [notAllowed(value.choice.values, false)];
    case 'choices':
      return [notAllowed(value.choice.values, true), tooMany(value.choice.values.length)];
    case 'words':
      return [
        tooMany(value.most),
        [
          'TOO_LONG',
          `may have entries of 1 to ${value.longest} characters.`,
          holds((words) => (words as string[]).every((word) => word.length > 0 && word.length <= value.longest)),
        ],
        ['UNCLEAN_TEXT', `may not hold ${uncleanName}.`, holds((words) => (words as string[]).every(isCleanLine))],
      ];
    case 'object':
      return [tooLarge(value.bytes), cleanTexts, ...(name === 'extraFields' ? extraFieldConstraints : [])];
    // What is in them is checked elsewhere: details by the schema of their type, small values by their own inputs.
    case 'objects':
      return [tooMany(value.most), tooLarge(value.bytes), cleanTexts];
    case 'values':
      return [tooMany(value.most), tooLarge(value.bytes)];
  }
}

const tooMany = (most: number): [FaultCode, string, Constraint] => [
  'TOO_LONG',
  `may have ${most} entries at most.`,
  (options) => ArrayMaxSize(most, options),
];

const tooLarge = (bytes: number): [FaultCode, string, Constraint] => [
  'TOO_LONG',
  `may come to ${bytes} bytes of JSON at most.`,
  holds((value) => jsonBytes(value, bytes) <= bytes),
];

const cleanLine: [FaultCode, string, Constraint] = [
  'UNCLEAN_TEXT',
  `may not hold ${uncleanName}.`,
  holds((text) => isCleanLine(text as string)),
];

const cleanText: [FaultCode, string, Constraint] = [
  'UNCLEAN_TEXT',
  'may not hold control characters, or signs that turn the direction of text.',
  holds((text) => isCleanText(text as string)),
];

const cleanTexts: [FaultCode, string, Constraint] = [cleanText[0], cleanText[1], holds(holdsCleanTexts)];

const orcidConstraint: [FaultCode, string, Constraint] = [
  'WRONG_FORMAT',
  'has to be an ORCID iD such as `0000-0002-1825-0097`.',
  (options) => Matches(/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/, options),
];

/** Every licence of the SPDX list, those too that it no longer recommends. */
const licenses: ReadonlySet<string> = new Set([...currentLicenses, ...formerLicenses]);

const licenseConstraint: [FaultCode, string, Constraint] = [
  'NOT_ALLOWED',
  'has to be an identifier of the SPDX list of licences, such as `CC-BY-4.0` (https://spdx.org/licenses).',
  holds((license) => licenses.has(license as string)),
];

/** Texts that are written in a certain way, whatever they are on. */
const formats: Readonly<Record<string, [FaultCode, string, Constraint][]>> = {
  orcid: [orcidConstraint],
  license: [licenseConstraint],
};

const extraFieldConstraints: [FaultCode, string, Constraint][] = [
  [
    'TOO_LONG',
    `may have ${mostExtraFields} entries at most.`,
    holds((fields) => Object.keys(fields as object).length <= mostExtraFields),
  ],
  [
    'WRONG_FORMAT',
    'may have keys that start with a letter and hold letters, digits and `_`, at most 100 characters.',
    holds((fields) => Object.keys(fields as object).every((key) => /^[A-Za-z][A-Za-z0-9_]{0,99}$/.test(key))),
  ],
  [
    'WRONG_TYPE',
    'may have values that are texts or finite numbers.',
    holds((fields) =>
      Object.values(fields as object).every((one) =>
        typeof one === 'string' ? one.length <= longestText : Number.isFinite(one),
      ),
    ),
  ],
];

function notAllowed(values: readonly string[], each: boolean): [FaultCode, string, Constraint] {
  const message = `has to be ${each ? 'a list of' : 'one of'} ${values.join(', ')}.`;
  return ['NOT_ALLOWED', message, (options) => IsIn([...values], { ...options, each })];
}

/** Counted as the database counts: in characters of Unicode. */
function hasAtMost(max: number, text: string): boolean {
  return text.length <= max || [...text].length <= max;
}

/** A day that there is: no 31st of February. */
const isDay: Constraint = (options) => IsISO8601({ strict: true, strictSeparator: true }, options);

const notAncient: Constraint = holds((value) => {
  const year = (value as Date).getUTCFullYear();
  return year >= 1900 && year <= 9999;
});

/** A constraint of our own; each has a name of its own, so that two on one field are both told. */
function holds(test: (value: unknown) => boolean): Constraint {
  made += 1;
  const name = `holds${made}`;
  return (options) => (prototype, property) =>
    registerDecorator({
      name,
      target: prototype.constructor,
      propertyName: property as string,
      options,
      validator: { validate: test },
    });
}
