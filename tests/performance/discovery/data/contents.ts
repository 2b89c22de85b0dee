import { madeAt } from './chance';
import { made, type Containers } from './containers';
import { Json, type Rows, type Value } from './copy';
import { ModulesOf } from './details';
import type { Plan } from './plan';
import type { Terms } from './terms';
import { sessionDescription, sessionName, someTags, subjectName } from './words';

const day = 24 * 60 * 60 * 1000;
const procedures = 2;
const acquisitions = ['ExtracellularEphys', 'TwoPhotonMicroscopy', 'VideoTracking', 'BehavioralTracking', 'Miniscope'];
const manipulations = ['OptogeneticStimulation', 'VisualStimulation', 'PharmacologicalInjection'];
const surgeries = ['VirusInjection', 'SiliconProbeImplant', 'Headpost', 'CranialWindow', 'Craniotomy'];

/** What is in the projects. */
export class Contents {
  private readonly acquisitions: ModulesOf;
  private readonly manipulations: ModulesOf;
  private readonly procedures: ModulesOf;

  constructor(
    private readonly plan: Plan,
    private readonly terms: Terms,
    private readonly containers: Containers,
  ) {
    this.acquisitions = new ModulesOf('DATA_ACQUISITION', acquisitions, plan.chance);
    this.manipulations = new ModulesOf('MANIPULATION', manipulations, plan.chance);
    this.procedures = new ModulesOf('PROCEDURE', surgeries, plan.chance);
  }

  *rows(): Generator<Rows> {
    const { plan } = this;
    yield this.subjects();
    yield links('project_subject', 'project_id', 'subject_id', plan.subjects, (subject) =>
      plan.projectsOfSubject(subject).map((project) => [this.containers.project(project), this.subject(subject)]),
    );
    yield this.proceduresOfSubjects();
    yield links('procedure_equipment', 'procedure_id', 'equipment_id', plan.subjects * procedures, (procedure) =>
      plan.chance.at('has equipment', procedure) < 0.5
        ? [[this.procedure(procedure), this.containers.within('Equipment', this.usedFor(procedure))]]
        : [],
    );
    yield this.sessions();
    yield links('project_session', 'project_id', 'session_id', plan.sessions, (session) =>
      plan.projectsOfSession(session).map((project) => [this.containers.project(project), this.session(session)]),
    );
    yield links('session_subject', 'session_id', 'subject_id', plan.sessions, (session) =>
      plan.subjectsOfSession(session).map((subject) => [this.session(session), this.subject(subject)]),
    );
    yield* this.modules();
    yield* this.collections();
  }

  session(index: number): string {
    return this.plan.chance.id('Session', index, this.plan.sessions);
  }

  subject(index: number): string {
    return this.plan.chance.id('Subject', index, this.plan.subjects);
  }

  private procedure(index: number): string {
    return this.plan.chance.id('Procedure', index, this.plan.subjects * procedures);
  }

  /** Which of the pieces of equipment, and stocks, is used in a procedure. */
  private usedFor(procedure: number): number {
    const attribute = this.plan.attributeOfSubject(Math.floor(procedure / procedures));
    return attribute * 3 + this.plan.chance.below(3, 'used', procedure);
  }

  private subjects(): Rows {
    const { plan, terms } = this;
    const columns = ['id', 'created_at', 'updated_at', 'name', 'species_id', 'strain_id', 'sex', 'status', 'age'];
    return made(plan.subjects, 'subject', [...columns, 'birth_date', 'tags', 'public_in'], (index) => {
      const { chance } = plan;
      const since = new Date(madeAt(index, plan.subjects));
      const species = terms.one('Species', 'species', index);
      const isMouse = species === terms.id('Species', 0);
      return [
        ...[this.subject(index), since, since, subjectName(chance, index), species],
        isMouse && chance.at('has strain', index) < 0.8 ? terms.one('Strain', 'strain', index) : null,
        chance.pick(['FEMALE', 'MALE', 'MALE', 'UNKNOWN'], 'sex', index),
        chance.pick(['ACTIVE', 'DECEASED', 'UNKNOWN'], 'status', index),
        chance.at('has age', index) < 0.6 ? `P${20 + chance.below(300, 'age', index)}D` : null,
        chance.at('has birth', index) < 0.7
          ? new Date(since.getTime() - chance.below(400, 'birth', index) * day).toISOString().slice(0, 10)
          : null,
        someTags(chance, 'tags of subject', index),
        plan.publicIn(plan.projectsOfSubject(index)),
      ];
    });
  }

  private proceduresOfSubjects(): Rows {
    const { plan, terms, containers } = this;
    const columns = ['id', 'subject_id', 'type', 'details', 'schema_version', 'date_time', 'brain_region_id'];
    const count = plan.subjects * procedures;
    return made(count, 'procedure', [...columns, 'consumable_stock_id'], (index) => {
      const subject = Math.floor(index / procedures);
      const { type, version, details } = this.procedures.one('procedure', index);
      return [
        ...[this.procedure(index), this.subject(subject), type, new Json(details), version],
        new Date(madeAt(subject, plan.subjects) + index * 1000),
        plan.chance.at('has region', index) < 0.7 ? terms.one('BrainRegion', 'region', index) : null,
        plan.chance.at('has stock', index) < 0.5 ? containers.within('ConsumableStock', this.usedFor(index)) : null,
      ];
    });
  }

  private sessions(): Rows {
    const { plan } = this;
    const columns = ['id', 'created_at', 'updated_at', 'name', 'description', 'started_at', 'tags', 'public_in'];
    return made(plan.sessions, 'session', columns, (index) => {
      const { chance } = plan;
      const since = new Date(madeAt(index, plan.sessions));
      const minutes = Math.floor((since.getTime() / day - chance.at('started', index) * 90) * 24 * 60);
      const started = new Date(minutes * 60_000);
      const [subject] = plan.subjectsOfSession(index) as [number];
      return [
        ...[this.session(index), since, since, sessionName(chance, index, subject, started)],
        sessionDescription(chance, index),
        chance.at('has start', index) < 0.95 ? started : null,
        someTags(chance, 'tags of session', index),
        plan.publicIn(plan.projectsOfSession(index)),
      ];
    });
  }

  /** A behavior and three others each. */
  private *modules(): Generator<Rows> {
    const { plan, containers } = this;
    const { chance, sessions } = plan;
    const behavior = (session: number): string => chance.id('Behavior', session, sessions);
    yield made(
      sessions,
      'behavior',
      ['id', 'session_id', 'setup_id', 'behavioral_paradigm_id', 'notes', 'order'],
      (session) => [
        ...[behavior(session), this.session(session)],
        containers.attribute('Setup', plan.attributeOf(session)),
        containers.attribute('BehavioralParadigm', plan.attributeOf(session)),
        ...[chance.at('notes', session) < 0.2 ? 'Stopped early, the animal was tired.' : null, 0],
      ],
    );
    yield links('behavior_subject', 'behavior_id', 'subject_id', sessions, (session) =>
      plan.subjectsOfSession(session).map((subject) => [behavior(session), this.subject(subject)]),
    );
    const module = ['id', 'session_id', 'type', 'details', 'schema_version', 'order'];
    const file = ['file_name', 'file_size_bytes', 'data_storage_id'];
    yield made(sessions * 2, 'data_acquisition', [...module, ...file], (index) => {
      const session = Math.floor(index / 2);
      const { type, version, details } = this.acquisitions.one('acquisition', index);
      return [
        ...[chance.id('DataAcquisition', index, sessions * 2), this.session(session), type, new Json(details), version],
        ...[index % 2, `recording_${index}.dat`, chance.below(2 ** 31, 'bytes', index)],
        index % 2 === 0 ? containers.attribute('DataStorage', plan.attributeOf(session)) : null,
      ];
    });
    yield made(sessions, 'manipulation', module, (session) => {
      const { type, version, details } = this.manipulations.one('manipulation', session);
      return [
        ...[chance.id('Manipulation', session, sessions), this.session(session), type, new Json(details), version, 0],
      ];
    });
  }

  /** One collection in each third project, of the first of its sessions. */
  private *collections(): Generator<Rows> {
    const { plan, containers } = this;
    const count = Math.floor(plan.projects / 3);
    const collection = (index: number): string => plan.chance.id('Collection', index, count);
    yield made(count, 'collection', ['id', 'project_id', 'name'], (index) => [
      ...[collection(index), containers.project(index * 3), 'Good sessions'],
    ]);
    const held = new Int32Array(count);
    const columns = ['collection_id', 'session_id', 'project_id', 'position'];
    const rows = function* (this: Contents): Generator<readonly Value[]> {
      for (let session = 0; session < plan.sessions; session += 1)
        for (const project of plan.projectsOfSession(session)) {
          const at = project / 3;
          if (!Number.isInteger(at) || at >= count || held[at]! === 20) continue;
          yield [collection(at), this.session(session), containers.project(project), held[at]!];
          held[at]! += 1;
        }
    };
    yield { table: 'collection_session', columns, rows: rows.call(this) };
  }
}

/** The rows of a join table, some for each of so many. */
function links(
  table: string,
  left: string,
  right: string,
  count: number,
  each: (index: number) => readonly (readonly Value[])[],
): Rows {
  const rows = function* (): Generator<readonly Value[]> {
    for (let index = 0; index < count; index += 1) yield* each(index);
  };
  return { table, columns: [left, right], rows: rows() };
}
