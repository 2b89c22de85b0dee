import { type JsonRecord, listOf, textOf } from '../json';
import type { Place, ReportWriter } from '../report';
import { formatOf } from './acquisition-type';

type Details = Record<string, string | number | { value: number; unit: string }>;

const timeSeries = ['Electroencephalography', 'ExtracellularEphys', 'IntracellularEphys', 'GeneralTimeSeries'];
const framed = ['Magnetoencephalography', 'BehavioralTracking'];
const voxels = ['ConfocalMicroscopy', 'TwoPhotonMicroscopy'];
const pixelUnits = new Map([
  ['nm', 'nm'],
  ['um', 'µm'],
  ['µm', 'µm'],
  ['mm', 'mm'],
]);

/** What a recording's type has a field for. `mapped` names the fields of the sidecar that are in `details` whole. */
export function detailsOf(
  type: string,
  extension: string,
  { fields, channels }: { fields: JsonRecord; channels: number | 'UNREAD' | null },
  place: Place,
  report: ReportWriter,
): { details: Details; mapped: string[] } {
  const details: Details = {};
  const mapped: string[] = [];
  const format = formatOf(extension);
  if (format !== null) details.format = format;
  const frequency = positive(fields, 'SamplingFrequency', place, report);
  if (frequency !== null && (timeSeries.includes(type) || framed.includes(type))) {
    details[timeSeries.includes(type) ? 'sr' : 'frameRate'] = { value: frequency, unit: 'Hz' };
    mapped.push('SamplingFrequency');
  }
  const field = positive(fields, 'MagneticFieldStrength', place, report);
  if (field !== null && type === 'MagneticResonanceImaging') {
    details.magneticFieldStrength = { value: field, unit: 'T' };
    mapped.push('MagneticFieldStrength');
  }
  const isCounted = timeSeries.includes(type) && channels !== 'UNREAD';
  const count = isCounted ? channelCount(fields, channels, place, report) : null;
  if (count !== null) details.nChannels = count;
  if (voxels.includes(type)) mapped.push(...addVoxels(details, fields));
  return { details, mapped };
}

function positive(fields: JsonRecord, name: string, place: Place, report: ReportWriter): number | null {
  const value = fields[name] ?? null;
  if (value === null || value === 'n/a' || value === '') return null;
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number) && number > 0) return number;
  report.add('NOT_UNDERSTOOD', `${name} is no number above 0: it stays in extraFields`, place, JSON.stringify(value));
  return null;
}

/** The channels that channels.tsv lists, else the sum of what the sidecar counts by kind. */
function channelCount(fields: JsonRecord, listed: number | null, place: Place, report: ReportWriter): number | null {
  const counts = Object.entries(fields).flatMap(([key, value]) =>
    /ChannelCount$/.test(key) && typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : [],
  );
  const counted = counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
  if (listed !== null && counted !== null && listed !== counted) {
    const message = 'channels.tsv lists other channels than the sidecar counts: nChannels is what is listed';
    report.add('DECIDED', message, place, `${listed} listed, ${counted} counted`);
  }
  return listed ?? counted;
}

function addVoxels(details: Details, fields: JsonRecord): string[] {
  const unit = pixelUnits.get(textOf(fields.PixelSizeUnits) ?? '');
  const sizes = listOf(fields.PixelSize);
  if (unit === undefined || !sizes.every((size) => typeof size === 'number')) return [];
  sizes.slice(0, 3).forEach((size, axis) => {
    details[['xVoxelSize', 'yVoxelSize', 'zVoxelSize'][axis]!] = { value: Number(size), unit };
  });
  return ['PixelSize', 'PixelSizeUnits'];
}
