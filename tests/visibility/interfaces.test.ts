import { sharedShapes } from '../../src/model/interfaces';
import { seed } from '../world/effort';
import type { TypeName } from '../world/world';
import { Stage } from './stage';

jest.setTimeout(300_000);

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ seed });
});
afterAll(() => stage.close());

/** A field with nothing but ids, or whatever it takes to be asked for. */
function selected(interfaceName: string, field: string): string {
  const { type } = stage.served.interfaceFieldsOf(interfaceName).find(({ name }) => name === field)!;
  const target = String(type).replace(/[[\]!]/g, '');
  if (target.startsWith('VisibilityChange')) return `${field} { totalCount nodes { action userName } }`;
  if (target.endsWith('Connection')) return `${field} { totalCount nodes { id } }`;
  return stage.served.nodeTypes().includes(target as TypeName) ? `${field} { id }` : field;
}

const fieldsOf = (name: string): string[] => Object.keys(sharedShapes.find((shape) => shape.name === name)!.fields);

const attributes = ['BehavioralParadigm', 'DataStorage', 'Inventory', 'Setup'];
const sessionModules = ['Behavior', 'DataAcquisition', 'Manipulation'];
const withType = ['ConsumableStock', 'DataAcquisition', 'Equipment', 'Manipulation', 'Procedure'];
const terms = [
  ...['BehavioralCategory', 'BrainRegion', 'Consumable', 'HardwareDevice', 'Journal', 'Publication'],
  ...['SetupType', 'Species', 'Strain', 'Supplier'],
];

test('every interface is there to be asked for, and has the types that it is of', () => {
  const members = sharedShapes.map(({ name }) => [name, stage.served.possibleTypesOf(name).sort()]);
  expect(Object.fromEntries(members)).toEqual({
    HasMembers: [...attributes, 'Project'].sort(),
    PersonalAttribute: attributes,
    Shared: ['Session', 'Subject'],
    SessionModule: sessionModules,
    Typed: [...withType, 'ProcedureLog', 'SubjectLog'].sort(),
    Detailed: [...withType, 'ProcedureLogEntry', 'SubjectLogEntry'].sort(),
    Term: [...terms, 'Laboratory'].sort(),
  });
});

/** Leak 11: neither an interface nor `nodes` is a way around the rules of a type. */
test.each(sharedShapes.map(({ name }) => name))(
  'a field that is reached through %s is decided exactly as through the type, for everybody',
  async (name) => {
    const selection = fieldsOf(name)
      .map((field) => selected(name, field))
      .join(' ');
    let denied = 0;
    let given = 0;
    for (const { viewer } of stage.cast())
      for (const type of stage.served.possibleTypesOf(name) as TypeName[]) {
        const ids = stage.world.rows[type].slice(0, 40).map(({ id }) => id);
        const read = async (through: string): Promise<string> =>
          (
            await stage.server.send(
              viewer,
              `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on ${through} { ${selection} } } }`,
              { ids },
            )
          ).body;
        const [throughType, throughInterface] = [await read(type), await read(name)];
        expect(throughInterface).toBe(throughType);
        expect(throughType).not.toContain('"errors"');
        denied += throughType.split('null').length - 1;
        given += throughType.split('"id"').length - 1;
      }
    expect(Math.min(denied, given)).toBeGreaterThan(0);
  },
);
