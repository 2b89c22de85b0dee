import type { Facts } from './facts';
import { equipmentType } from './equipment-type';
import { isRecord } from '../json';
import { linesOf, reportLeft } from './leftovers';
import type { SetupScope } from './setup-scope';
import { fitTo } from '../lengths';
import { ofType } from '../module-type';
import { hardwareDeviceIn } from './vocabulary-entries';

/** Fields of a device that hold values of its own, not devices that are part of it. */
const ownValues = [
  'manufacturer',
  'additional_settings',
  'position',
  'relative_position',
  'channels',
  'ports',
  'recording_software',
];
const alsoOwn = [
  'harp_device_type',
  'coordinate_system',
  'transform',
  'size',
  'encoder_firmware',
  'organization',
  'calibration_data',
];

/**
 * Maps a device with the devices that are part of it. What has a type here is Equipment; optics, stages and the like become
 * specifications of the setup. `parent` is the name of what it is a part of.
 */
export function mapDevice(facts: Facts, list: string, scope: SetupScope, parent: string | null): void {
  const kind = facts.text('device_type') ?? textIn(facts, 'object_type');
  const detectorType = textIn(facts, 'detector_type');
  const oldType = kind === null ? textIn(facts, 'type') : null;
  const name =
    facts.textOf('name', 'laser_assembly_name', 'ephys_assembly_name', 'fiber_assembly_name', 'camera_assembly_name') ??
    nameOf(facts, kind, list);
  for (const key of facts.keys().filter((key) => ![...ownValues, ...alsoOwn].includes(key))) {
    const value = facts.peek(key);
    if (isRecord(value) || (Array.isArray(value) && value.length > 0 && value.every(isRecord))) {
      for (const inner of facts.children(key)) mapDevice(inner, key, scope, name);
    }
  }
  // An assembly is what holds its camera, not one more camera.
  const isAssembly = facts.holdsObjects('camera');
  const type = isAssembly ? null : equipmentType({ kind, detectorType, oldType, list });
  if (type === null) specify(facts, `${kind ?? list}: ${name}`, parent, scope);
  else {
    if (kind !== null && kind.replace(/[^A-Za-z]/g, '') !== type) facts.unread('device_type');
    putEquipment(type, name, facts, parent, scope);
  }
}

function textIn(facts: Facts, key: string): string | null {
  const value = facts.peek(key);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** Early versions name no device: it is called by its serial number or model, and what it is. */
function nameOf(facts: Facts, kind: string | null, list: string): string {
  const identity = textIn(facts, 'serial_number') ?? textIn(facts, 'model');
  facts.report.add(
    'DECIDED',
    'a device without a name is called by what it is and its serial number or model',
    facts.place,
    identity,
  );
  return [kind ?? list.replaceAll('_', ' '), identity].filter((part) => part !== null).join(' ');
}

function putEquipment(type: string, name: string, facts: Facts, parent: string | null, scope: SetupScope): void {
  const { context, setup, keys } = scope;
  const hardwareDevice = hardwareDeviceIn(facts, context);
  const shown = fitTo(name, 100, 'equipment name', 'the key', { report: context.report, place: facts.place });
  const key = keys.of(
    `equipment:${setup.replace(/^setup:/, '')}/${parent === null ? '' : `${parent}/`}${name}`,
    facts.place,
  );
  const notes = notesOf(facts, parent, shown, scope);
  context.tree.put(
    'Equipment',
    key,
    { setup, name: shown, ...ofType('EQUIPMENT', type), hardwareDevice, notes },
    facts.place,
  );
}

/** Notes that fit; else their beginning, and the whole as a specification of the setup. */
function notesOf(facts: Facts, parent: string | null, name: string, scope: SetupScope): string | null {
  const left = facts.left();
  facts.skipAll();
  reportLeft(left, facts, 'equipment notes', 1);
  const whole = [parent === null ? null : `Part of ${parent}.`, ...linesOf(left).map((line) => `${line}.`)]
    .filter((text) => text !== null)
    .join(' ')
    .trim();
  if (whole.length <= 500) return whole === '' ? null : whole;
  scope.specifications.push({ name: `Equipment: ${name}`, value: whole, unit: null });
  return fitTo(whole, 500, 'equipment notes', 'a specification of the setup', {
    report: facts.report,
    place: facts.place,
  });
}

function specify(facts: Facts, name: string, parent: string | null, scope: SetupScope): void {
  const left = facts.left();
  facts.skipAll();
  reportLeft(left, facts, 'setup specifications: devices without a type here', 1);
  const value = [parent === null ? null : `part of ${parent}`, ...linesOf(left)]
    .filter((text) => text !== null)
    .join('; ');
  scope.specifications.push({ name, value: value === '' ? 'present' : value, unit: null });
}
