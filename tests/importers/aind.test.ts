import { readAind } from '../../src/importers/aind/read-aind';
import type { SourceTree } from '../../src/importers/source-tree';
import type { Entry } from '../../src/tree/entry';
import type { Report } from '../../src/importers/report';
import { brokenEntryRules } from './entry-rules';
import { finding, fixture } from './reading';

let tree: SourceTree;
let report: Report;
beforeAll(async () => {
  ({ tree, report } = await readAind(fixture('rig')));
});

const ofType = (type: string, from = tree): Entry[] => from.entries.filter((entry) => entry.type === type);
const one = (type: string, fields: object, from = tree): void => {
  expect(ofType(type, from)).toEqual(expect.arrayContaining([expect.objectContaining(fields)]));
};
describe('a folder with the documents of one record', () => {
  it('gives a tree without faults, the same each time', async () => {
    expect(brokenEntryRules(tree)).toEqual([]);
    expect((await readAind(fixture('rig'))).tree).toEqual(tree);
  });

  it('the data description is the project, with funding and credits', () => {
    one('Project', {
      key: 'project:AIND:tides and dopamine',
      name: 'Tides and dopamine',
      license: 'CC-BY-4.0',
      funding: [
        {
          funder: 'Tide Fund',
          awardNumber: 'T-1',
          identifier: 'https://ror.org/012abcd34',
          url: 'https://ror.org/012abcd34',
        },
      ],
    });
    one('Contributor', { name: 'Ada Keel', orcid: '0000-0002-1825-0097', roles: ['INVESTIGATOR'] });
    expect(ofType('Project')[0]?.extraFields).toMatchObject({ fundee: 'Tide Fund T-1: Ada Keel', group: 'ophys' });
  });

  it('the subject, with where it comes from', () => {
    one('Subject', {
      name: 'h7',
      species: 'species:NCBITaxon:10090',
      sex: 'FEMALE',
      birthDate: '2024-02-29',
      supplier: 'supplier:harbour mice',
    });
    one('Supplier', {
      name: 'Harbour Mice',
      externalIdentifiers: [{ source: 'ROR', identifier: '012abcd34', url: 'https://ror.org/012abcd34' }],
    });
    one('Strain', { name: 'Harbour black', species: 'species:NCBITaxon:10090' });
    expect(ofType('Subject')[0]?.extraFields).toMatchObject({ breedingGroup: 'HB-1', cageId: 'c12' });
  });

  it('a surgery is an anaesthesia and what was done in it', () => {
    one('Procedure', {
      moduleType: 'Anesthesia',
      details: { anestheticAgent: 'Isoflurane', route: 'Inhalation', duration: { value: 90, unit: 'min' } },
    });
    one('Procedure', {
      moduleType: 'Headpost',
      details: { headpostId: 'HF-3', material: 'Steel' },
      dateTime: '2024-05-02T00:00:00.000Z',
    });
    one('Procedure', {
      moduleType: 'Craniotomy',
      details: { dimensions: '3 millimeter', shape: 'Circle' },
      coordinateSystem: 'Stereotaxic_LambdaAbsolute',
    });
    expect(ofType('Procedure').every(({ notes }) => /Performed by (Ada Keel|Bo Mast)\./.test(String(notes)))).toBe(
      true,
    );
    expect(ofType('Subject')[0]?.extraFields).toMatchObject({
      surgery: expect.stringContaining('"workstation_id":"Bench 2"') as string,
    });
  });

  it('an injection at two depths is two, from a stock with its titer', () => {
    const shots = ofType('Procedure').filter(({ moduleType }) => moduleType === 'VirusInjection');
    expect(shots.map(({ details }) => details)).toEqual([
      { injectionVolume: { value: 200, unit: 'nL' } },
      { injectionVolume: { value: 300, unit: 'nL' } },
    ]);
    expect(shots[1]).toMatchObject({
      coordinateSystem: 'Stereotaxic_BregmaBrainSurface',
      coordinates: {
        apCoordinate: { value: -3.05, unit: 'mm' },
        mlCoordinate: { value: -0.6, unit: 'mm' },
        depth: { value: 2.9, unit: 'mm' },
      },
      brainRegion: 'region:ALLEN_MOUSE/VTA',
      consumableStock: 'stock:aav-buoy/L55',
    });
    one('ConsumableStock', {
      moduleType: 'VirusSolution',
      details: { titer: { value: 21e12, unit: 'vg/mL' }, batchId: 'L55' },
    });
    expect(shots[0]?.notes).toContain('name: Red beads, source name: Beadworks, lot_number: B2');
    expect(shots[0]?.notes).toContain('injection_angle: 0 degrees.');
  });

  it('a fiber keeps the angle that no field means, and its region as a text', () => {
    one('Procedure', {
      moduleType: 'OpticFiberImplant',
      details: { fiberId: 'Fiber 0' },
      coordinateSystem: 'Stereotaxic_BregmaAbsolute',
      notes: expect.stringMatching(
        /angle: 4 degrees\..*targeted_structure: VTA\.|targeted_structure: VTA\..*angle: 4 degrees\./,
      ) as string,
    });
  });

  it('days without water are a log, clearing a procedure, and other work stays in the extra fields', () => {
    one('SubjectLogEntry', {
      startedAt: '2024-06-01T00:00:00.000Z',
      endedAt: '2024-06-20T00:00:00.000Z',
      details: { responsiblePerson: 'Ada Keel' },
    });
    one('Procedure', { moduleType: 'TissueClearing', consumableStock: 'stock:wash buffer/W1' });
    const fields = ofType('Subject')[0]?.extraFields;
    expect(fields).toMatchObject({ specimenProcedure: expect.stringContaining('"kind":"Embedding"') as string });
    expect(finding(report, 'a kind of procedure has no type').example.value).toBe('Kite flying');
  });

  it('the rig is a setup with equipment; optics are its specifications', () => {
    one('Setup', { key: 'setup:r1_20240101', setupType: 'setupType:rig' });
    expect(ofType('Equipment').map(({ name, moduleType }) => [name, moduleType])).toEqual([
      ['Disc 1', 'RunningWheel'],
      ['Face camera', 'Camera'],
      ['Blue laser', 'Laser'],
      ['Board', 'DataAcquisitionSystem'],
    ]);
    one('HardwareDevice', { name: 'Lenswerk Q5', supplier: 'supplier:lenswerk' });
    one('Equipment', { name: 'Face camera', notes: expect.stringContaining('serial_number: S-1.') as string });
    one('Equipment', { name: 'Blue laser', notes: expect.stringContaining('manufacturer name: Other.') as string });
    expect(ofType('Setup')[0]?.specifications).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'Lens: Face lens' })]),
    );
  });

  it('the session begins at an instant, and its parts count from there', () => {
    one('Session', {
      name: 'FIP_h7_2024-06-10_09-30-00',
      startedAt: '2024-06-10T16:30:00.250Z',
      subjects: ['subject:h7'],
      tags: ['Foraging'],
      description: 'Calm.\n\nOne hour of foraging.',
    });
    expect(ofType('Epoch').map(({ name, start, end }) => [name, start, end])).toEqual([
      ['Two spouts', 120, 1800],
      ['Rest', 2100, 2400],
      ['Data stream: Fiber photometry', 60, 3540],
    ]);
  });

  it('a stream is a data acquisition with the devices that are known', () => {
    one('DataAcquisition', {
      moduleType: 'FiberPhotometry',
      details: { excitationWavelength: { value: 473, unit: 'nm' }, laserPower: { value: 20, unit: 'µW' } },
      equipment: ['Face camera', 'Board', 'Blue laser'].map((name) => expect.stringContaining(name) as string),
      notes: expect.stringContaining('Lost board') as string,
    });
  });

  it('an epoch with trials is a behavior, and each kind of stimulus a manipulation', () => {
    one('Behavior', {
      behavioralParadigm: 'paradigm:two spouts',
      setup: 'setup:r1_20240101',
      subjects: ['subject:h7'],
      notes: expect.stringContaining('trials_total: 120') as string,
    });
    expect(ofType('Manipulation').map(({ moduleType, details }) => [moduleType, details])).toEqual([
      ['AuditoryStimulation', undefined],
      [
        'OptogeneticStimulation',
        [
          expect.objectContaining({
            profile: 'Square',
            duration: { value: 2, unit: 's' },
            repetitions: 5,
            wavelength: { value: 473, unit: 'nm' },
          }),
        ],
      ],
    ]);
    expect(finding(report, 'a kind of stimulus has no type').count).toBe(2);
  });
});
