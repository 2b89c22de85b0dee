import {
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  ValidateBy,
  validateSync,
  type ValidationArguments,
  type ValidationOptions,
} from 'class-validator';
import { Field, InputType, type ClassType } from 'type-graphql';
import { Specification } from '../domain/attribute/setup.entity';
import { longestAddress } from '../model/bounds';
import { Url } from '../model/scalars';
import { canonicalIdentifier, type IdentifierValue } from '../model/project-identifiers';
import { isCleanLine, isCleanText, uncleanName } from '../model/texts';
import { isWebAddress } from '../model/web-address';
import type { Choice } from '../model/written-fields';
import { Funding, ProjectIdentifier, repositories, RepositoryLink, schemes } from '../domain/project/values';
import { ExternalIdentifier } from '../domain/vocabulary/proposal';
import { faultOf, type Fault } from './faults';

const because = (code: Fault['code'], message: string): ValidationOptions => ({ message, context: { code } });

/** A text of a small value. */
function ValueText(max: number, description: string, { required = false } = {}): PropertyDecorator {
  return (prototype, key) => {
    const name = `\`${String(key)}\``;
    Field(() => String, { description: `${description} At most ${max} characters.`, nullable: !required })(
      prototype,
      key as string,
    );
    // What is long may be of several lines.
    const isClean = max > 1000 ? isCleanText : isCleanLine;
    ValidateBy(
      { name: 'isClean', validator: { validate: (text: unknown) => typeof text !== 'string' || isClean(text) } },
      because('UNCLEAN_TEXT', `${name} may not hold ${uncleanName}.`),
    )(prototype, key);
    IsString(because('WRONG_TYPE', `${name} has to be a text.`))(prototype, key);
    MaxLength(max, because('TOO_LONG', `${name} may have ${max} characters at most.`))(prototype, key);
    Presence(required)(prototype, key);
  };
}

/** An address of a small value. */
function ValueAddress(description: string, { required = false } = {}): PropertyDecorator {
  return (prototype, key) => {
    const name = `\`${String(key)}\``;
    Field(() => Url, { description, nullable: !required })(prototype, key as string);
    IsWebAddress(because('WRONG_FORMAT', `${name} has to be an address that begins with http://, https:// or ftp://.`))(
      prototype,
      key,
    );
    Presence(required)(prototype, key);
  };
}

/** One of a closed list, which cannot be left out. */
function ValueChoice({ graphqlType, values }: Choice, description: string): PropertyDecorator {
  return (prototype, key) => {
    const name = `\`${String(key)}\``;
    Field(() => graphqlType, { description })(prototype, key as string);
    IsIn([...values], because('NOT_ALLOWED', `${name} has to be one of ${values.join(', ')}.`))(prototype, key);
    Presence(true)(prototype, key);
  };
}

function IsWebAddress(options: ValidationOptions): PropertyDecorator {
  const validate = (text: unknown): boolean =>
    typeof text === 'string' && text.length <= longestAddress && isWebAddress(text);
  return ValidateBy({ name: 'isWebAddress', validator: { validate } }, options);
}

function Presence(required: boolean): PropertyDecorator {
  return (prototype, key) => {
    if (required) IsNotEmpty(because('REQUIRED', `\`${String(key)}\` has to be given.`))(prototype, key);
    else IsOptional()(prototype, key);
  };
}

@InputType({ description: 'One source of funding.' })
class FundingInput {
  @ValueText(200, 'The organisation that pays.', { required: true })
  funder!: string;

  @ValueText(200, "The award's number, as the funder writes it.")
  awardNumber?: string | null;

  @ValueText(200, "The funder's identifier, such as a ROR address.")
  identifier?: string | null;

  @ValueAddress("The award's or the funder's page.")
  url?: string | null;
}

@InputType({ description: 'Where the data or code behind an object can be had.' })
class RepositoryLinkInput {
  @ValueChoice(repositories, 'The kind of repository.')
  repository!: string;

  @ValueAddress('Its address: http, https or ftp.', { required: true })
  url!: string;
}

@InputType({ description: 'A name under which the world knows the project.' })
class ProjectIdentifierInput {
  @ValueChoice(schemes, 'Who gave it.')
  scheme!: string;

  @ValueText(500, 'The identifier, in any spelling of its scheme: it is stored in one.', { required: true })
  @IsOfItsScheme(
    because('WRONG_FORMAT', '`value` is no identifier of this scheme: see the description of `IdentifierScheme`.'),
  )
  value!: string;
}

function IsOfItsScheme(options: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown, given?: ValidationArguments): boolean => {
    const { scheme } = given!.object as Partial<IdentifierValue>;
    const isKnown = typeof scheme === 'string' && schemes.values.includes(scheme);
    return !isKnown || typeof value !== 'string' || canonicalIdentifier(scheme, value) !== null;
  };
  return ValidateBy({ name: 'isOfItsScheme', validator: { validate } }, options);
}

@InputType({ description: 'One measure or property of a setup, such as an arena diameter.' })
class SpecificationInput {
  @ValueText(200, 'What is specified.', { required: true })
  name!: string;

  @ValueText(10_000, 'Its value, as text.', { required: true })
  value!: string;

  @ValueText(50, 'The unit of the value.')
  unit?: string | null;
}

@InputType({ description: 'The identifier of the same thing in another database.' })
class ExternalIdentifierInput {
  @ValueText(100, 'The other database, such as `NCBITaxon`.', { required: true })
  source!: string;

  @ValueText(200, 'The identifier there.', { required: true })
  identifier!: string;

  @ValueAddress('Its page there.')
  url?: string | null;
}

const inputs = new Map<ClassType, ClassType<object>>([
  [Funding, FundingInput],
  [RepositoryLink, RepositoryLinkInput],
  [ProjectIdentifier, ProjectIdentifierInput],
  [Specification, SpecificationInput],
  [ExternalIdentifier, ExternalIdentifierInput],
]);

/** The input in which a small value without an id is written. */
export function inputOfValue(value: ClassType): ClassType<object> {
  const found = inputs.get(value);
  if (!found) throw new Error(`${value.name} has no input to write it with.`);
  return found;
}

/** Everything that is wrong with what is in a list of small values. */
export function faultsOfValues(field: string, value: ClassType, list: readonly object[]): Fault[] {
  const Input = inputOfValue(value);
  const faults = list.flatMap((one, index) =>
    validateSync(plainInto(new Input(), one), { whitelist: true, forbidNonWhitelisted: true }).flatMap(
      ({ property, constraints = {}, contexts }) => {
        const faults = Object.entries(constraints).map(([name, message]) =>
          faultOf([field, index, property], message, contexts?.[name]),
        );
        // Of what is missing, only that is told.
        const lacking = faults.find(({ code }) => code === 'REQUIRED');
        return lacking ? [lacking] : faults;
      },
    ),
  );
  return value === ProjectIdentifier && faults.length === 0 ? namedTwice(field, list as IdentifierValue[]) : faults;
}

function namedTwice(field: string, list: readonly IdentifierValue[]): Fault[] {
  const met = new Set<string>();
  return list.flatMap((one, index) => {
    const spelled = JSON.stringify(inOneSpelling({ ...one }));
    const isFirst = !met.has(spelled);
    met.add(spelled);
    return isFirst
      ? []
      : [{ path: [field, index], code: 'DUPLICATE', message: `\`${field}\` names this identifier twice.` }];
  });
}

/** Every part as an own property, whatever it is called. */
function plainInto(input: object, given: object): object {
  for (const [key, value] of Object.entries(given))
    Object.defineProperty(input, key, { value, enumerable: true, configurable: true, writable: true });
  return input;
}

/** Every small value with all its parts, those that were left out as null: as the graph shows it. */
export function wholeValues(value: ClassType, list: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  const parts = valueParts.get(value) ?? [];
  const whole = list.map((one) => Object.fromEntries(parts.map((part) => [part, one[part] ?? null])));
  return value === ProjectIdentifier ? whole.map(inOneSpelling) : whole;
}

/** An identifier as it is stored; one that is faulty is told, and stays as it is. */
function inOneSpelling({ scheme, value }: Record<string, unknown>): Record<string, unknown> {
  return { scheme, value: canonicalIdentifier(String(scheme), String(value)) ?? value };
}

const valueParts = new Map<ClassType, readonly string[]>([
  [Funding, ['funder', 'awardNumber', 'identifier', 'url']],
  [RepositoryLink, ['repository', 'url']],
  [ProjectIdentifier, ['scheme', 'value']],
  [Specification, ['name', 'value', 'unit']],
  [ExternalIdentifier, ['source', 'identifier', 'url']],
]);
