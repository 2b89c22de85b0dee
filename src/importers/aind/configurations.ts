import type { Facts } from './facts';
import { isExtracellular, isPlanar, type Modality } from './modality-type';
import { unitSign } from './units';

/** What the devices of a stream were set to (version 2), of one kind: `Imaging config`, `Ephys assembly config`. */
function configurations(stream: Facts, kind: string): Facts[] {
  if (!stream.holdsObjects('configurations')) return [];
  return stream.children('configurations').filter((one) => one.word('object_type').toLowerCase() === kind);
}

function inside(parents: readonly Facts[], ...lists: string[]): Facts[] {
  return lists.reduce<Facts[]>(
    (found, list) => found.flatMap((one) => (one.holdsObjects(list) ? one.children(list) : [])),
    [...parents],
  );
}

/** The planes that were imaged, each at its own depth, in its own region. */
export function planesOf(stream: Facts): Facts[] {
  return inside(configurations(stream, 'imaging config'), 'images', 'planes');
}

/** The probes that recorded, each in its own region. */
export function probesOf(stream: Facts): Facts[] {
  return inside(configurations(stream, 'ephys assembly config'), 'probes');
}

/** How often images were taken. */
export function samplingOf(stream: Facts): Facts[] {
  return inside(configurations(stream, 'imaging config'), 'sampling_strategy');
}

/** The lasers, in whatever place a version has them. */
export function lasersOf(stream: Facts): Facts[] {
  const listed = stream.holdsObjects('light_sources') ? stream.children('light_sources') : [];
  const channels = inside(configurations(stream, 'imaging config'), 'channels', 'light_sources');
  const lasers = channels.filter((one) => one.word('object_type').toLowerCase() === 'laser config');
  return [...listed, ...configurations(stream, 'laser config'), ...lasers];
}

/** What a part of a stream is called, and the parts, where there are several: each is an acquisition of its own. */
export interface StreamParts {
  what: 'field of view' | 'plane' | 'probe';
  parts: Facts[];
}

/** The fields of view, planes or probes of a stream, of the modality that they record; null where there are not several. */
export function partsOf(stream: Facts, modality: Modality): StreamParts | null {
  const found: StreamParts[] = isPlanar(modality)
    ? [
        { what: 'field of view', parts: inside([stream], 'ophys_fovs') },
        { what: 'plane', parts: planesOf(stream) },
      ]
    : isExtracellular(modality)
      ? [{ what: 'probe', parts: probesOf(stream) }]
      : [];
  return found.find(({ parts }) => parts.length > 1) ?? null;
}

/** What tells a plane or probe from the others of its stream: its device or index, else its depth and region. */
export function nameOfPart(part: Facts): string {
  const [device, index] = [part.word('device_name'), part.word('index')];
  if (device !== '' || index !== '') return device === '' ? `field ${index}` : device;
  const depth = ['imaging_depth', 'depth'].find((key) => part.has(key));
  const measured = depth === undefined ? [] : [part.word(depth), unitSign(part.word(`${depth}_unit`)) ?? ''];
  return [...measured, regionOf(part)].filter((one) => one !== '').join(' ');
}

/** The region that a part of a stream aims at, as short as it is stated; empty where none is. */
export function regionOf(part: Facts): string {
  const key = ['targeted_structure', 'primary_targeted_structure'].find((one) => part.has(one));
  if (key === undefined) return '';
  const region = part.holdsObjects(key) ? part.child(key) : null;
  return region ? region.word('acronym') || region.word('name') : part.word(key);
}
