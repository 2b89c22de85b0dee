import { lasersOf } from './configurations';
import type { Facts } from './facts';
import { general } from './modality-type';
import { unitSign } from './units';

/** From this wavelength on, in nanometers, light excites what is imaged with two photons; below it may only stimulate. */
const leastOfTwoPhotons = 680;
const mostOfTwoPhotons = 1100;

/** The type of imaging in planes: with two photons where every light source says so by its wavelength; else any signal. */
export function planarType(stream: Facts): string {
  const sources = lasersOf(stream);
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
