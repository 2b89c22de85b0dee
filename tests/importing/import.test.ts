import type { Entry } from '../../src/tree/entry';
import { setUpStage, type Stage } from './stage';
import { wholeTree } from './whole-tree';

let stage: Stage;
let token: string;
let userId: string;
beforeAll(async () => {
  stage = await setUpStage();
  userId = await stage.lab.person('Lena');
  token = (await stage.token(userId)).secret;
});
afterAll(() => stage.close());

const changed = (key: string, fields: object): Entry[] =>
  wholeTree().map((entry) => (entry.key === key ? { ...entry, ...fields } : entry));

describe('a whole tree', () => {
  test('in a dry run says what it would do, and does nothing', async () => {
    const before = await stage.everything();
    const outcome = await stage.import(token, wholeTree(), '?dryRun=true');
    expect(outcome).toMatchObject({ created: wholeTree().length, updated: 0, unchanged: 0, projectId: null });
    expect(await stage.everything()).toBe(before);
  });

  test('is stored once, and a second time changes nothing', async () => {
    const first = await stage.import(token, wholeTree());
    expect(first).toMatchObject({ created: wholeTree().length, updated: 0, rejected: 0, isPublic: false });
    const before = await stage.everything();
    const again = await stage.import(token, wholeTree());
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: wholeTree().length, projectId: first.projectId });
    expect(await stage.everything()).toBe(before);
  });

  test('reads back through the graph as it was written, the lists in their order', async () => {
    const { projectId } = await stage.import(token, wholeTree());
    const { data } = await stage.ask(
      token,
      `{ project(id: "${projectId}") { viewerRole publications { nodes { title journal { name } } } contributors { nodes { name } }
        subjects(first: 10) { nodes { name species { name } strain { name } procedures { nodes { brainRegion { acronym } equipment { nodes { name } } logs { nodes { entries { nodes { details } } } } consumableStock { consumable { name } } } } } }
        sessions(first: 10) { nodes { name dataStorages { nodes { name protocols { nodes { path } } } } epochs { nodes { name behaviors { nodes { setup { name } behavioralParadigm { category { name } } } } } }
          dataAcquisitions { nodes { type schemaVersion fileSizeBytes fileUrl procedures { nodes { type } } equipment { nodes { hardwareDevice { name } } } } } } }
        collections { nodes { sessions { nodes { name } } } } cohorts { nodes { subjects { nodes { name } } } } } }`,
    );
    expect(data).toMatchInlineSnapshot(`
     {
       "project": {
         "cohorts": {
           "nodes": [
             {
               "subjects": {
                 "nodes": [
                   {
                     "name": "Max",
                   },
                   {
                     "name": "Mia",
                   },
                 ],
               },
             },
           ],
         },
         "collections": {
           "nodes": [
             {
               "sessions": {
                 "nodes": [
                   {
                     "name": "Night 2",
                   },
                   {
                     "name": "Night 1",
                   },
                 ],
               },
             },
           ],
         },
         "contributors": {
           "nodes": [
             {
               "name": "Ann Lee",
             },
           ],
         },
         "publications": {
           "nodes": [
             {
               "journal": {
                 "name": "Journal of Mazes",
               },
               "title": "A maze",
             },
           ],
         },
         "sessions": {
           "nodes": [
             {
               "dataAcquisitions": {
                 "nodes": [
                   {
                     "equipment": {
                       "nodes": [
                         {
                           "hardwareDevice": {
                             "name": "RHD2000",
                           },
                         },
                       ],
                     },
                     "fileSizeBytes": 938143891298,
                     "fileUrl": "https://example.org/a.nwb",
                     "procedures": {
                       "nodes": [
                         {
                           "type": "GenericImplant",
                         },
                       ],
                     },
                     "schemaVersion": "1.1.0",
                     "type": "ExtracellularEphys",
                   },
                 ],
               },
               "dataStorages": {
                 "nodes": [
                   {
                     "name": "NAS",
                     "protocols": {
                       "nodes": [
                         {
                           "path": "//nas/data",
                         },
                       ],
                     },
                   },
                   {
                     "name": "Cloud",
                     "protocols": {
                       "nodes": [],
                     },
                   },
                 ],
               },
               "epochs": {
                 "nodes": [
                   {
                     "behaviors": {
                       "nodes": [
                         {
                           "behavioralParadigm": {
                             "category": {
                               "name": "Spatial navigation",
                             },
                           },
                           "setup": {
                             "name": "Rig 1",
                           },
                         },
                       ],
                     },
                     "name": "Task",
                   },
                 ],
               },
               "name": "Night 1",
             },
             {
               "dataAcquisitions": {
                 "nodes": [],
               },
               "dataStorages": {
                 "nodes": [
                   {
                     "name": "Cloud",
                     "protocols": {
                       "nodes": [],
                     },
                   },
                 ],
               },
               "epochs": {
                 "nodes": [],
               },
               "name": "Night 2",
             },
           ],
         },
         "subjects": {
           "nodes": [
             {
               "name": "Mia",
               "procedures": {
                 "nodes": [
                   {
                     "brainRegion": {
                       "acronym": "CA1",
                     },
                     "consumableStock": {
                       "consumable": {
                         "name": "AAV5",
                       },
                     },
                     "equipment": {
                       "nodes": [
                         {
                           "name": "Amplifier",
                         },
                       ],
                     },
                     "logs": {
                       "nodes": [
                         {
                           "entries": {
                             "nodes": [
                               {
                                 "details": {
                                   "impedances": [
                                     1.5,
                                     2,
                                   ],
                                 },
                               },
                             ],
                           },
                         },
                       ],
                     },
                   },
                 ],
               },
               "species": {
                 "name": "Mus musculus",
               },
               "strain": {
                 "name": "C57BL/6J",
               },
             },
             {
               "name": "Max",
               "procedures": {
                 "nodes": [],
               },
               "species": {
                 "name": "Mus musculus",
               },
               "strain": null,
             },
           ],
         },
         "viewerRole": "OWNER",
       },
     }
    `);
  });

  test('with changes brings up to date what has changed, and nothing else', async () => {
    const tree = changed('m1', { genotype: 'wt/wt', extraFields: null }).map((entry) =>
      entry.key === 'nights' ? { ...entry, sessions: ['s1', 's2'] } : entry,
    );
    expect(await stage.import(token, tree)).toMatchObject({ created: 0, updated: 2 });
    const rows = await stage.database.dataSource.query<unknown[]>(
      `SELECT "genotype", "extra_fields" AS "extraFields", "version" FROM "subject" WHERE "name" = 'Mia'`,
    );
    expect(rows).toEqual([{ genotype: 'wt/wt', extraFields: {}, version: 2 }]);
    expect(await stage.import(token, wholeTree())).toMatchObject({ created: 0, updated: 2 });
  });

  test('may be a part of it, which refers to what was imported before', async () => {
    const part = [
      { type: 'Project', key: 'lab:maze' },
      { type: 'Session', key: 's3', name: 'Night 3', subjects: ['m2'] },
    ];
    expect(await stage.import(token, part)).toMatchObject({ created: 1, updated: 0, unchanged: 1 });
  });

  test('finds shared terms by their names, and proposes only what is missing', async () => {
    const terms = await stage.database.dataSource.query<unknown[]>(
      `SELECT "is_approved" AS "isApproved", "proposed_by_id" AS "by" FROM "species" WHERE "name" = 'Mus musculus'`,
    );
    expect(terms).toEqual([{ isApproved: false, by: userId }]);
    const other = [
      { type: 'Project', key: 'another', name: 'Another' },
      { type: 'Species', key: 'x', name: 'MUS MUSCULUS' },
      { type: 'Species', key: 'y', name: 'Rattus rattus' },
      { type: 'Species', key: 'z', name: 'rattus rattus' },
    ];
    expect(await stage.import(token, other)).toMatchObject({ created: 2, unchanged: 2 });
  });
});
