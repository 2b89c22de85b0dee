import type { Facts } from './facts';
import { general, type Modality } from './modality-type';
import { unitSign } from './units';

/** From this wavelength on, in nanometers, light excites what is imaged with two photons; below it may only stimulate. */
const leastOfTwoPhotons = 680;
const mostOfTwoPhotons = 1100;

/** Whether a modality is imaging in planes, which does not say with how many photons. */
export function isPlanar({ abbreviation, name }: Modality): boolean {
  return abbreviation?.toLowerCase() === 'pophys' || /^planar optical physiology$/i.test(name ?? '');
}

/** The type of imaging in planes: with two photons where every light source says so by its wavelength; else any signal. */
export function planarType(stream: Facts): string {
  const sources = stream.holdsObjects('light_sources') ? stream.children('light_sources') : [];
  const isOfTwo = (source: Facts): boolean => {
    const wavelength = Number(source.word('wavelength'));
    const isInNanometers = unitSign(source.word('wavelength_unit')) === 'nm';
    return isInNanometers && wavelength >= leastOfTwoPhotons && wavelength <= mostOfTwoPhotons;
  };
  if (sources.length === 0 || !sources.every(isOfTwo)) return general;
  const message = 'imaging in planes with light of 680 to 1,100 nm is TwoPhotonMicroscopy';
  stream.report.add('DECIDED', message, stream.place, sources[0]!.word('wavelength'));
  return 'TwoPhotonMicroscopy';
}

/** The fields of view of a stream, where there are several: each was imaged at its own depth, in its own region. */
export function fieldsOfView(stream: Facts, modality: Modality): Facts[] {
  if (!isPlanar(modality) || !stream.holdsObjects('ophys_fovs')) return [];
  const fields = stream.children('ophys_fovs');
  return fields.length > 1 ? fields : [];
}

/** What tells a field of view from the others of its stream: its index, else its depth and region. */
export function nameOfField(field: Facts): string {
  const region = field.holdsObjects('targeted_structure')
    ? field.child('targeted_structure')!.word('acronym')
    : field.word('targeted_structure');
  const index = field.word('index');
  const about = [field.word('imaging_depth'), unitSign(field.word('imaging_depth_unit')) ?? '', region];
  return index === '' ? about.filter((part) => part !== '').join(' ') : `field ${index}`;
}
