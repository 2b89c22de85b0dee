import type { Entry } from '../../tree/entry';
import type { ProjectTree } from '../tree';

/** A tree as entries. A field that the source does not state is null: an import clears it. */
export function* entriesOf(tree: ProjectTree): Generator<Entry> {
  const { contributors, publications, key, ...project } = tree.project;
  yield { type: 'Project', key, ...project, publications: publications.map((one) => one.key) };
  for (const [order, contributor] of contributors.entries()) yield { type: 'Contributor', ...contributor, order };
  for (const publication of publications) yield { type: 'Publication', ...publication };
  for (const species of tree.species) yield { type: 'Species', ...species };
  for (const strain of tree.strains) yield { type: 'Strain', ...strain };
  for (const { protocols, ...storage } of tree.dataStorages) {
    yield { type: 'DataStorage', ...storage };
    for (const [order, protocol] of protocols.entries()) {
      const key = `${storage.key}/protocol/${protocol.protocol}/${protocol.path}`;
      yield { type: 'DataStorageProtocol', key, dataStorage: storage.key, ...protocol, order };
    }
  }
  for (const subject of tree.subjects) yield { type: 'Subject', ...subject };
  for (const session of tree.sessions) yield { type: 'Session', ...session };
  for (const { type: moduleType, ...acquisition } of tree.dataAcquisitions)
    yield { ...acquisition, type: 'DataAcquisition', moduleType };
}
