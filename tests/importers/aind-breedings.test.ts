import { readAind } from '../../src/importers/aind/read-aind';
import { brokenEntryRules } from './entry-rules';
import { folderOf, removeFolders } from './reading';

afterAll(removeFolders);

const animal = (id: string, born: string, mother?: string, father?: string): string =>
  JSON.stringify({
    subject: {
      ...{ subject_id: id, sex: 'Female', species: { name: 'Mus musculus' }, date_of_birth: born },
      breeding_info: mother && { maternal_id: mother, paternal_id: father, maternal_genotype: 'Pier-Cre/wt' },
    },
    data_description: { project_name: 'Colony', data_level: 'raw' },
  });

test('litters of a mother or father who is a subject of the set are breedings; other parents stay identifiers', async () => {
  const folder = folderOf({
    'a.json': animal('kid1', '2024-05-01', 'mum', 'dad'),
    'b.json': animal('kid2', '2024-05-01', 'mum', 'dad'),
    'c.json': animal('kid3', '2024-07-01', 'mum', 'dad'),
    'd.json': animal('mum', '2024-01-01', 'gran', 'gramps'),
  });
  const { tree } = await readAind(folder);
  expect(brokenEntryRules(tree)).toEqual([]);
  const breeding = (birthDate: string, ...kids: string[]): object => ({
    ...{ type: 'Breeding', key: `breeding:mum/dad/${birthDate}`, name: 'mum × dad', dam: 'subject:mum', birthDate },
    offspring: kids.map((kid) => `subject:${kid}`),
  });
  expect(tree.entries.filter(({ type }) => type === 'Breeding')).toEqual([
    breeding('2024-05-01', 'kid1', 'kid2'),
    breeding('2024-07-01', 'kid3'),
  ]);
  const fieldsOf = (id: string): unknown => tree.entries.find(({ key }) => key === `subject:${id}`)!['extraFields'];
  expect(fieldsOf('kid1')).toEqual({ maternalId: 'mum', paternalId: 'dad', maternalGenotype: 'Pier-Cre/wt' });
  expect(fieldsOf('mum')).toMatchObject({ maternalId: 'gran', paternalId: 'gramps' });
  expect(tree.entries.filter(({ type }) => type === 'Subject')).toHaveLength(4);
});
