/** Kinds of devices, as the versions of the schema name them, in lower case and without spaces, and their types here. */
const types = new Map(
  Object.entries({
    camera: 'Camera',
    laser: 'Laser',
    lightemittingdiode: 'LightEmitter',
    led: 'LightEmitter',
    lamp: 'LightEmitter',
    monitor: 'Monitor',
    speaker: 'Speaker',
    microphone: 'Microphone',
    wheel: 'RunningWheel',
    disc: 'RunningWheel',
    treadmill: 'Treadmill',
    manipulator: 'Micromanipulator',
    computer: 'Computer',
    raspberrypi: 'SingleBoardComputer',
    arduino: 'Microcontroller',
    microscope: 'Microscope',
    scanner: 'MagneticResonanceImagingSystem',
    neuropixelsbasestation: 'DataAcquisitionSystem',
    openephysacquisitionboard: 'DataAcquisitionSystem',
    daqdevice: 'DataAcquisitionSystem',
    harpdevice: 'DataAcquisitionSystem',
    olfactometer: 'StimulationDevice',
    solenoid: 'ElectronicComponent',
    solenoidvalve: 'ElectronicComponent',
    lickdetector: 'ElectronicComponent',
    licksensor: 'ElectronicComponent',
    encoder: 'ElectronicComponent',
    torquesensor: 'ElectronicComponent',
    pockelscell: 'ElectronicComponent',
  }),
);

/** What stands in these lists of early versions, which name no kind. */
const typesByList = new Map([
  ['light_sources', 'Laser'],
  ['lasers', 'Laser'],
  ['camera', 'Camera'],
  ['cameras', 'Camera'],
  ['daqs', 'DataAcquisitionSystem'],
  ['manipulator', 'Micromanipulator'],
]);

/** What the source says about a device that its type can be known by. */
export interface DeviceEvidence {
  kind: string | null;
  /** For detectors: `Camera`, `Photomultiplier Tube`, … */
  detectorType: string | null;
  /** For light sources of early versions: `laser`. */
  oldType: string | null;
  /** The field of the rig in which it stands. */
  list: string;
}

/**
 * The type of a device by what it is called; a detector by what it detects with. Optics, stages, tubes, tables and probes have
 * no type here: null.
 */
export function equipmentType({ kind, detectorType, oldType, list }: DeviceEvidence): string | null {
  const name = fold(kind ?? oldType ?? '');
  if (name === 'detector' || list === 'detectors') {
    if (/camera/i.test(detectorType ?? oldType ?? '')) return 'Camera';
    return detectorType === null && oldType === null ? null : 'Photodetector';
  }
  if (list === 'light_sources' && oldType !== null && kind === null) return types.get(name) ?? null;
  return types.get(name) ?? (kind === null ? (typesByList.get(list) ?? null) : null);
}

function fold(kind: string): string {
  return kind.toLowerCase().replace(/[^a-z]/g, '');
}
