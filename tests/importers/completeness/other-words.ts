import { type Found, partsOf } from './found';

/** What a set writes and the project says otherwise, word for word; written down by hand, from what the words mean. */
const words = new Map<string, string[]>(
  Object.entries({
    ...{ Male: ['MALE'], Female: ['FEMALE'], Other: ['OTHER', 'GenericImplant'], Unknown: ['UNKNOWN'] },
    ...{ 'http://purl.obolibrary.org/obo/PATO_0000384': ['MALE'] },
    ...{ 'http://purl.obolibrary.org/obo/PATO_0000383': ['FEMALE'] },
    ...{ 'application/x-nwb': ['NWB'], 'video/mp4': ['MP4'], 'video/x-msvideo': ['AVI'] },
    // A format that says nothing: the extension counts.
    'application/octet-stream': ['MKV', 'AVI', 'MP4', 'NWB'],
    ...{ 'dcite:Author': ['AUTHOR'], 'dcite:ContactPerson': ['CONTACT_PERSON'], 'dcite:Funder': ['FUNDER'] },
    ...{ 'dcite:DataCollector': ['DATA_COLLECTOR'], 'dcite:DataCurator': ['DATA_CURATOR'] },
    ...{ 'dcite:DataManager': ['DATA_MANAGER'], 'dcite:FormalAnalysis': ['FORMAL_ANALYZER'] },
    ...{ 'dcite:Investigation': ['INVESTIGATOR'], 'dcite:Maintainer': ['MAINTAINER'] },
    ...{ 'dcite:Methodology': ['METHOD_DEVELOPER'], 'dcite:ProjectLeader': ['PROJECT_LEADER'] },
    ...{ 'dcite:ProjectManager': ['PROJECT_MANAGER'], 'dcite:ProjectAdministration': ['PROJECT_MANAGER'] },
    ...{ 'dcite:Conceptualization': ['CONCEPTUALIZER'], 'dcite:Supervision': ['SUPERVISOR'] },
    ...{ 'dcite:Producer': ['PRODUCER'], good: ['badChannels'], '1': ['OTHER', 'MALE', 'FEMALE'] },
    ...{ 'mus musculus': ['Mus musculus'], 'rattus norvegicus': ['Rattus norvegicus'] },
    '00000000-0000-4000-a000-000000000049': ['Animal permit 12'],
    mouse: ['Mus musculus'],
    ...{ 'homo sapiens': ['Homo sapiens'], 'NCBI:txid10090': ['10090'], 'NCBI:txid9544': ['9544'] },
    ...{ isoflurane: ['Isoflurane'], Coronal: ['coronal'], Optogenetics: ['OptogeneticStimulation'] },
    ...{
      Auditory: ['AuditoryStimulation'],
      Perfusion: ['PerfusionFixation'],
      Virus: ['VirusSolution', 'VirusInjection'],
    },
    ...{
      Reagent: ['ChemicalReagent', 'Injection'],
      Bregma: ['Stereotaxic_BregmaAbsolute', 'Stereotaxic_BregmaBrainSurface'],
    },
    // The only session of that subject whose label ends so.
    '1A,1B,2A,3A,4A': ['SITUATION1A'],
    Lambda: ['Stereotaxic_LambdaAbsolute', 'Stereotaxic_LambdaBrainSurface'],
    ...{ Surgery: ['Procedure'], Headframe: ['Headpost'], 'Fiber implant': ['OpticFiberImplant'] },
    ...{ CCFv3: ['ALLEN_MOUSE'], 'gc/mL': ['vg/mL'], nanoliter: ['nL'], minute: ['min'], millimeter: ['mm'] },
    ...{ micrometer: ['µm'], milliwatt: ['mW'], 'https://orcid.org/0000-0003-0064-0852': ['0000-0003-0064-0852'] },
  }),
);

/** Forms of which one part is what counts: `doi:10.1/x`, `spdx:MIT`, `dcite:IsPartOf`, `s3://bucket/folder`. */
const prefixes = /^(?:doi:|spdx:|dcite:|s3:\/\/[^/]+\/|https:\/\/doi\.org\/)(.+)$/;

/** Whether an export says in other words what a value means. */
export function isSaid(value: string | number, found: Found): boolean {
  if (typeof value === 'number') return false;
  const said = words.get(value);
  if (said) return said.some((word) => found.hasText(word));
  const inside = prefixes.exec(value)?.[1];
  if (inside !== undefined) return found.hasText(inside) || found.hasText(inside.toLowerCase());
  return isMoment(value, found) || isCode(value, found) || inParts(value, found);
}

/** A time as an instant in UTC, or in seconds since a session began. */
function isMoment(value: string, found: Found): boolean {
  if (!/^\d{4}-\d\d-\d\d/.test(value)) return false;
  const instants = [value, `${value}Z`].map((text) => Date.parse(text)).filter((instant) => !Number.isNaN(instant));
  return instants.some(
    (instant) =>
      found.hasText(new Date(instant).toISOString()) ||
      found.starts.some((start) => found.hasNumber(Math.round(instant - start) / 1000)),
  );
}

/** Codes as people spell them, several parted by `;`. */
function isCode(value: string, found: Found): boolean {
  return value.split(';').every((part) => found.hasCode(part));
}

/** A reference as its title and its address, a list as its members, a measure as number and unit. */
function inParts(value: string, found: Found): boolean {
  const parts = partsOf(value.replaceAll('doi:', ''));
  return (
    (parts.length > 1 || value.endsWith(',')) && parts.every((part) => found.hasText(part) || isNumber(part, found))
  );
}

const isNumber = (part: string, found: Found): boolean => /^\d+$/.test(part) && found.hasNumber(Number(part));
