import { recordsOf, textOf } from '../json';
import { Facts } from './facts';
import { lasersOf, nameOfPart, partsOf, planesOf, regionOf, samplingOf, type StreamParts } from './configurations';
import { planarType } from './imaging';
import { camelCase, notesWith, reportLeft } from './leftovers';
import { general, isPlanar, type Modality, modalityType } from './modality-type';
import { equipmentIn, insideOf, putEpoch, type SessionScope, type Span, spanOf } from './session-scope';
import { keyPart } from './keys';
import { keyOfTime, type StatedTime } from './times';
import { hasDetail, ofType } from '../module-type';
import { frequencies, lengths, powers, type Quantity, quantity, unitSign } from './units';

const deviceFields = ['camera_names', 'daq_names', 'stimulus_device_names', 'active_devices'];
const deviceLists = ['light_sources', 'detectors', 'cameras', 'daqs'];

/** Modalities in a field, as objects or as names. */
export function modalitiesIn(facts: Facts, ...keys: string[]): Modality[] {
  const found = keys.flatMap((key): Modality[] => {
    const stated = facts.shown(key);
    const texts = (Array.isArray(stated) ? stated : [stated]).filter((one) => typeof one === 'string');
    if (texts.length > 0) facts.skip(key);
    const objects = texts.length > 0 ? recordsOf(stated) : facts.holdsObjects(key) ? facts.children(key) : [];
    const named = objects.map((one) =>
      one instanceof Facts
        ? { abbreviation: one.text('abbreviation'), name: one.text('name') }
        : { abbreviation: textOf(one.abbreviation), name: textOf(one.name) },
    );
    return [...named, ...texts.map((text) => ({ abbreviation: text.trim(), name: null }))];
  });
  return found.filter((one, at) => found.findIndex((other) => isSame(one, other)) === at);
}

const isSame = (one: Modality, other: Modality): boolean =>
  one.abbreviation === other.abbreviation && one.name === other.name;

/** Maps a stream of data: one data acquisition for each of its modalities, in an epoch where it is only part of the session. */
export function mapStream(stream: Facts, scope: SessionScope, otherwise: Modality[]): void {
  const stated = modalitiesIn(stream, 'stream_modalities', 'modalities');
  const modalities = stated.length > 0 ? stated : otherwise;
  const span = spanOf(stream, 'stream_start_time', 'stream_end_time', scope);
  const names = modalities.map((modality) => modality.name ?? modality.abbreviation).join(', ');
  const isWhole = span.from === null || (isSameTime(span.from, scope.start) && endsWith(stream, span, scope));
  const epoch = isWhole ? null : putEpoch(names === '' ? 'Data stream' : `Data stream: ${names}`, span, stream, scope);
  putAcquisitions(stream, modalities, { scope, epoch, stated: span.from });
}

function isSameTime(key: string | null, time: StatedTime | null): boolean {
  return time === null ? key === null : key === keyOfTime(time);
}

/** Whether a stream ends when its session does, where that can be told. */
function endsWith(stream: Facts, { until }: Span, { end }: SessionScope): boolean {
  return isSameTime(until, end) && (end !== null || stream.peek('stream_end_time') === undefined);
}

/** Maps a document of an imaging instrument without streams: the whole is one data acquisition for each modality. */
export function mapWhole(facts: Facts, scope: SessionScope, modalities: Modality[]): void {
  const devices = [...scope.equipment.values()];
  const message = 'an acquisition that names no devices is made with those of its instrument';
  if (devices.length > 0) facts.report.add('DECIDED', message, facts.place, scope.setup);
  putAcquisitions(facts, modalities, { scope, epoch: null, stated: scope.start && keyOfTime(scope.start), devices });
}

interface StreamContext {
  /** The devices where the stream itself names none. */
  devices?: readonly string[];
  scope: SessionScope;
  epoch: string | null;
  stated: string | null;
}

function putAcquisitions(
  stream: Facts,
  modalities: Modality[],
  { scope, epoch, stated, devices = [] }: StreamContext,
): void {
  const named = devicesOf(stream, scope);
  const equipment = named.length > 0 ? named : [...devices];
  if (modalities.length > 1 && equipment.length > 0) {
    stream.report.add('DECIDED', 'devices of a stream of several modalities are given for each of them', stream.place);
  }
  const shown = modalities.length > 0 ? modalities : [{ abbreviation: null, name: null }];
  const given = { equipment, epoch };
  const all = shown.map((modality) => ({ modality, several: partsOf(stream, modality) }));
  // Parts first: what is said of one is not said of the stream once more.
  for (const { modality, several } of [...all].sort((one, other) => Number(!one.several) - Number(!other.several))) {
    const type = typeOf(modality, stream);
    const details = detailsOf(type, modality, stream, modalities.length);
    const context = { type, modality, scope, stated };
    if (!several) putAcquisition(stream, null, { ...given, details }, context);
    else putParts(several, { ...given, details }, context);
  }
  keepStream(stream, scope);
}

function putParts(
  { what, parts }: StreamParts,
  given: { details: object } & object,
  context: AcquisitionContext,
): void {
  const [first] = parts;
  first?.report.add(
    'DECIDED',
    `a stream of several: one acquisition for each ${what}`,
    first.place,
    String(parts.length),
  );
  for (const part of parts)
    putAcquisition(part, what, { ...given, details: { ...given.details, ...ofPart(part, context.type) } }, context);
}

interface AcquisitionContext {
  type: string;
  modality: Modality;
  scope: SessionScope;
  stated: string | null;
}

/** `part` is the stream, or `what` of it; what it says beyond the fields given goes to the notes. */
function putAcquisition(
  part: Facts,
  what: StreamParts['what'] | null,
  given: object,
  { type, modality, scope, stated }: AcquisitionContext,
): void {
  const name = what === null ? '' : nameOfPart(part);
  const label = modality.abbreviation ?? modality.name ?? 'modality not stated';
  const inside = [insideOf(scope.session), keyPart(label), stated ?? 'time not stated', name];
  const key = scope.keys.of(`stream:${inside.filter((one) => one !== '').join('/')}`, part.place);
  const region = what === null || name.includes(regionOf(part)) ? '' : regionOf(part);
  const own = [modality.name ?? label, name, region].filter((one) => one !== '').join(', ');
  const notes = notesWith([`${own}.`], part, {
    owner: 'data acquisition notes',
    extraFields: scope.extraFields,
    name: what === null ? 'dataStream' : camelCase('', what),
  });
  const ofItsType = ofType('DATA_ACQUISITION', type);
  const order = scope.nextOrder('DataAcquisition');
  const fields = { session: scope.session, ...(type === general ? {} : ofItsType), ...given, notes, order };
  scope.context.tree.put('DataAcquisition', key, fields, part.place, ofItsType);
}

/** What a stream says beside its parts. */
function keepStream(stream: Facts, { extraFields }: SessionScope): void {
  const left = stream.left();
  stream.skipAll();
  reportLeft(left, stream, 'session dataStream');
  if (Object.keys(left).length > 0) extraFields.keep('dataStream', JSON.stringify(left), stream.place);
}

/** What a part of a stream says, where the type has a field for it. */
function ofPart(part: Facts, type: string): object {
  const of = (detail: string, key: string, units: string[]): object => {
    const value = hasDetail('DATA_ACQUISITION', type, detail) ? quantity(part, key, units) : null;
    return value === null ? {} : { [detail]: value };
  };
  return {
    ...of('imagingDepth', part.has('depth') ? 'depth' : 'imaging_depth', lengths),
    ...of('frameRate', 'frame_rate', frequencies),
    ...(powers.includes(unitSign(part.word('power_unit')) ?? '') ? of('laserPower', 'power', powers) : {}),
  };
}

function typeOf(modality: Modality, stream: Facts): string {
  const { abbreviation, name } = modality;
  const type = modalityType(abbreviation, name) ?? (isPlanar(modality) ? planarType(stream) : null);
  if (type === 'SinglePhotonMicroscopy')
    stream.report.add(
      'DECIDED',
      'light-sheet microscopy is SinglePhotonMicroscopy',
      stream.place,
      abbreviation ?? name,
    );
  if (type !== null && type !== general) return type;
  const message =
    abbreviation === null && name === null
      ? 'nothing says what a stream recorded'
      : 'a modality has no type here, or does not say which of several';
  stream.report.add('DECIDED', `${message}: ${general}`, stream.place, abbreviation ?? name);
  return general;
}

function devicesOf(stream: Facts, scope: SessionScope): string[] {
  const named = equipmentIn(stream, deviceFields, scope);
  const listed = deviceLists
    .filter((list) => stream.holdsObjects(list))
    .flatMap((list) => {
      return stream.children(list).flatMap((device) => equipmentIn(device, ['name'], scope));
    });
  return [...new Set([...named, ...listed])];
}

/** What all parts of a stream agree about, where the type has a field for it. Parts that differ stay as they are. */
function detailsOf(type: string, { abbreviation, name }: Modality, stream: Facts, modalities: number): object {
  const details: Record<string, Quantity | string> = {};
  const has = (field: string): boolean => modalities === 1 && hasDetail('DATA_ACQUISITION', type, field);
  const add = (field: string, parts: Facts[], key: string, units: string[]): void => {
    const value = has(field) && parts.length > 0 ? agreed(parts, key, units) : null;
    if (value) details[field] = value;
  };
  const fields = stream.holdsObjects('ophys_fovs') ? stream.children('ophys_fovs') : [];
  const planes = planesOf(stream);
  add('frameRate', fields.length > 0 ? fields : samplingOf(stream), 'frame_rate', frequencies);
  if (fields.length > 0) add('imagingDepth', fields, 'imaging_depth', lengths);
  else add('imagingDepth', planes, 'depth', lengths);
  add('excitationWavelength', lasersOf(stream), 'wavelength', lengths);
  add(
    'laserPower',
    stream.holdsObjects('light_sources') ? stream.children('light_sources') : [],
    'excitation_power',
    powers,
  );
  if (type === general && (name ?? abbreviation) !== null) details.type = (name ?? abbreviation)!;
  return details;
}

function agreed(parts: Facts[], key: string, units: string[]): Quantity | null {
  const stated = new Set(parts.map((part) => `${part.word(key)} ${part.word(`${key}_unit`)}`));
  if (stated.size !== 1 || !parts[0]?.has(key)) return null;
  return parts.map((part) => quantity(part, key, units))[0] ?? null;
}
