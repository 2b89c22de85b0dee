import { consumables, devices } from '../vocabulary/resources';
import type { Content } from '../content';
import { define, quantity } from '../define';
import type { Columns } from '../columns';
import { setups } from './setups';

/** No module type of equipment has details so far. */
const inSetup =
  (setup: { id: string }) =>
  (name: string, type: string, more: Columns<'Equipment'> = {}): Columns<'Equipment'> => ({
    setupId: setup.id,
    name,
    type,
    ...more,
  });

const of = (device: { id: string }) => ({ hardwareDeviceId: device.id });
const place = (x: number, y: number, z: number, tilt: number): Columns<'Equipment'> => ({
  coordinateSystem: 'External_XYZ_Absolute',
  coordinates: { x: quantity(x, 'mm'), y: quantity(y, 'mm'), z: quantity(z, 'mm'), xAngle: quantity(tilt, '°') },
});

const rigA = inSetup(setups.rigA);
const rigB = inSetup(setups.rigB);
const cortexSurgery = inSetup(setups.cortexSurgery);
const twoPhoton = inSetup(setups.twoPhoton);
const operantBox = inSetup(setups.operantBox);
const track = inSetup(setups.track);
const restBox = inSetup(setups.restBox);
const openField = inSetup(setups.openField);
const memorySurgery = inSetup(setups.memorySurgery);
const bedside = inSetup(setups.bedside);
const theatre = inSetup(setups.theatre);
const sliceRig = inSetup(setups.sliceRig);
const lightField = inSetup(setups.lightField);
const scanner = inSetup(setups.scanner);

export const equipment = define('Equipment', '2019-02-11T09:00:00.000Z', {
  aProbes: rigA('Probe station A', 'DataAcquisitionSystem', {
    ...of(devices.probeStation),
    consumableId: consumables.probe.id,
    installedAt: '2019-02-08',
    notes: 'Firmware 4.1 since March 2021.',
  }),
  aLeft: rigA('Left manipulator', 'Micromanipulator', { ...of(devices.manipulator), ...place(-38, 12, 40, 30) }),
  aRight: rigA('Right manipulator', 'Micromanipulator', { ...of(devices.manipulator), ...place(38, 12, 40, 30) }),
  aScreens: rigA('Three screens', 'Monitor', { installedAt: '2019-02-08' }),
  aWheel: rigA('Running wheel', 'RunningWheel', { installedAt: '2019-02-08', notes: 'Encoder with 1024 steps.' }),
  aEye: rigA('Eye camera', 'Camera', { ...of(devices.camera), ...place(-90, 60, 15, 0) }),
  aLaser: rigA('Blue laser', 'Laser', { ...of(devices.blueLaser), installedAt: '2020-10-19' }),
  aTable: rigA('Air table', 'AntiVibrationTable'),
  bProbes: rigB('Probe station B', 'DataAcquisitionSystem', of(devices.probeStation)),
  bScreen: rigB('Curved screen', 'Monitor'),
  bEye: rigB('Eye camera', 'Camera', of(devices.camera)),
  bLaser: rigB('Blue laser', 'Laser', of(devices.blueLaser)),
  cortexFrame: cortexSurgery('Stereotaxic frame', 'StereotaxicFrame', { installedAt: '2018-12-01' }),
  cortexVaporizer: cortexSurgery('Vaporizer', 'AnesthesiaSystem', { consumableId: consumables.isoflurane.id }),
  cortexInjector: cortexSurgery('Nanolitre injector', 'InjectionSystem'),
  cortexDrill: cortexSurgery('Dental drill', 'SurgicalPowerTool'),
  scope: twoPhoton('Microscope', 'TwoPhotonMicroscope', { ...of(devices.twoPhoton), installedAt: '2019-06-14' }),
  scopeLaser: twoPhoton('Tunable laser', 'Laser', { notes: '920 nm unless noted.' }),
  whiskerPiezo: twoPhoton('Whisker piezo', 'StimulationDevice', of(devices.stimulator)),
  boxPorts: operantBox('Ports and valves', 'BehaviorRig'),
  boxPhotometer: operantBox('Photometer', 'FiberPhotometrySystem', of(devices.photometry)),
  boxController: operantBox('Task controller', 'Microcontroller'),
  trackFrame: track('Track', 'BehaviorRig', { installedAt: '2019-08-01' }),
  trackAmplifier: track('Tetrode acquisition', 'DataAcquisitionSystem', of(devices.acquisition)),
  trackCamera: track('Overhead camera', 'Camera', { ...of(devices.camera), ...place(0, 0, 2600, 0) }),
  trackPumps: track('Reward pumps', 'DrugDeliverySystem', { notes: 'Chocolate milk, 0.1 mL a visit.' }),
  trackLamps: track('Head lamps', 'LightEmitter'),
  trackGate: track('Gate between the halves', 'ElectronicComponent', of(devices.robotArm)),
  restCamera: restBox('Camera above the box', 'Camera', of(devices.camera)),
  restStimulator: restBox('Ripple detector and stimulator', 'StimulationDevice', of(devices.stimulator)),
  fieldLaser: openField('Orange laser', 'Laser', of(devices.orangeLaser)),
  fieldAmplifier: openField('Acquisition system', 'DataAcquisitionSystem', of(devices.acquisition)),
  fieldCamera: openField('Camera', 'Camera', of(devices.camera)),
  memoryFrame: memorySurgery('Stereotaxic frame', 'StereotaxicFrame'),
  memoryHeater: memorySurgery('Heating pad', 'ThermalController'),
  amplifier: bedside('Clinical amplifier', 'ElectroencephalographySystem', of(devices.clinicalAmplifier)),
  screen: bedside('Screen on an arm', 'Monitor'),
  microphone: bedside('Microphone', 'Microphone'),
  computer: bedside('Stimulus computer', 'Computer'),
  theatreStimulator: theatre('Cortical stimulator', 'StimulationDevice', of(devices.stimulator)),
  theatreAmplifier: theatre('Mobile amplifier', 'Amplifier', of(devices.clinicalAmplifier)),
  patchAmplifier: sliceRig('Patch amplifier', 'Amplifier', of(devices.patchAmplifier)),
  microscope: sliceRig('Upright microscope', 'Microscope'),
  perfusion: sliceRig('Heated perfusion', 'PerfusionSystem'),
  puller: sliceRig('Pipette puller', 'GlassMicropipettePuller'),
  led: sliceRig('LED, 470 nm', 'LedDriver'),
  lightFieldScope: lightField('Microscope', 'OnePhotonMicroscope', of(devices.lightField)),
  tailCamera: lightField('Tail camera', 'Camera', of(devices.camera)),
  projector: lightField('Projector from below', 'LightEmitter'),
  ultrasound: scanner('Ultrasound scanner', 'UltrasoundImagingSystem', of(devices.ultrasound)),
  magnet: scanner('9.4 T scanner', 'MagneticResonanceImagingSystem', { installedAt: '2017-05-22' }),
  breathing: scanner('Breathing sensor', 'PressureSensor'),
});

/** What stands in the setups. */
export function addEquipment(content: Content): void {
  content.addModules('Equipment', 'EQUIPMENT', equipment);
}
