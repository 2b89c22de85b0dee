import type { Facts } from './facts';
import { notesWith } from './leftovers';
import { equipmentIn, insideOf, putEpoch, type SessionScope, spanOf } from './session-scope';
import { keyPart } from './keys';
import { fitTo } from '../lengths';
import { ofType } from '../module-type';
import { durations, lengths, quantity } from './units';

/** What stimuli act on, and the types of manipulation that they are. */
const types = new Map([
  ['optogenetics', 'OptogeneticStimulation'],
  ['opto stimulation', 'OptogeneticStimulation'],
  ['optostimulation', 'OptogeneticStimulation'],
  ['photo stimulation', 'OptogeneticStimulation'],
  ['visual', 'VisualStimulation'],
  ['visual stimulation', 'VisualStimulation'],
  ['visualstimulation', 'VisualStimulation'],
  ['auditory', 'AuditoryStimulation'],
  ['auditory stimulation', 'AuditoryStimulation'],
  ['olfactory', 'OdorStimulation'],
  ['olfactory stimulation', 'OdorStimulation'],
]);

/** Fields that are stated only where a subject worked on a task. */
const ofTasks = [
  'trials_total',
  'trials_finished',
  'trials_rewarded',
  'reward_consumed_during_epoch',
  'performance_metrics',
];
const alsoOfTasks = ['curriculum_status', 'training_protocol_name'];

/** Maps an epoch of stimuli: an epoch, a behavior where a task was done, and a manipulation for each kind of stimulus. */
export function mapStimulusEpoch(facts: Facts, scope: SessionScope): void {
  const stimulus = facts.holdsObjects('stimulus') ? facts.children('stimulus')[0]! : null;
  const name =
    facts.text('stimulus_name') ?? stimulus?.text('stimulus_name') ?? textIn(facts, 'session_type') ?? 'Stimulus epoch';
  const span = spanOf(facts, 'stimulus_start_time', 'stimulus_end_time', scope);
  const epoch = putEpoch(name, span, facts, scope);
  const isTask = [...ofTasks, ...alsoOfTasks].some((key) => facts.has(key)) || hasTask(facts);
  const modalities = modalitiesOf(facts, stimulus);
  const equipment = equipmentIn(facts, ['active_devices', 'stimulus_device_names'], scope);
  const stated = `${name}/${span.from ?? 'time not stated'}`;
  const isBehavior = isTask && putBehavior(facts, { name, stated, epoch, scope });
  for (const type of modalities) putManipulation(type, facts, stimulus, { stated, epoch, equipment, scope });
  if (!isBehavior && modalities.length === 0) keepEpoch(name, facts, scope);
}

function textIn(facts: Facts, key: string): string | null {
  const value = facts.peek(key);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function hasTask(facts: Facts): boolean {
  return facts.holdsObjects('output_parameters') && facts.child('output_parameters')?.has('task_parameters') === true;
}

/** The types of manipulation that an epoch names, each once; what is no stimulus has none, and stays unread. */
function modalitiesOf(facts: Facts, stimulus: Facts | null): string[] {
  const parameters = facts.holdsObjects('stimulus_parameters') ? facts.children('stimulus_parameters') : [];
  const stated = facts.texts('stimulus_modalities');
  const older = [...parameters, ...(stimulus ? [stimulus] : [])]
    .map((inner) => textIn(inner, 'stimulus_type'))
    .filter((text) => text !== null);
  const names = stated.length > 0 ? stated : older;
  const known = names.flatMap((name) => types.get(name.toLowerCase()) ?? []);
  for (const name of names.filter((name) => !types.has(name.toLowerCase()))) {
    facts.report.add('NOT_UNDERSTOOD', 'a kind of stimulus has no type here: it stays as it is', facts.place, name);
    facts.unread('stimulus_modalities');
  }
  return [...new Set(known)];
}

interface EpochContext {
  name: string;
  stated: string;
  epoch: string;
  scope: SessionScope;
}

/** A task was done where the source counts trials or rewards. It needs a setup; without one it is an epoch only. */
function putBehavior(facts: Facts, { name, stated, epoch, scope }: EpochContext): boolean {
  const { context, session, setup, subjects, extraFields } = scope;
  if (setup === null || subjects.length === 0) {
    context.report.add(
      'NOT_IMPORTED',
      'a task without a setup: a behavior must have one; it is an epoch only',
      facts.place,
      name,
    );
    return false;
  }
  const setupType = context.tree.get(setup)?.setupType;
  const shown = fitTo(name, 200, 'paradigm name', 'the key', { report: context.report, place: facts.place });
  const paradigm = context.tree.put(
    'BehavioralParadigm',
    `paradigm:${keyPart(name)}`,
    { name: shown, setupType },
    facts.place,
  );
  const key = scope.keys.of(`behavior:${insideOf(session)}/${stated}`, facts.place);
  const notes = notesWith([textNote(facts)], facts, { owner: 'behavior notes', extraFields, name: 'stimulusEpoch' });
  const fields = {
    session,
    subjects,
    setup,
    behavioralParadigm: paradigm,
    epoch,
    notes,
    order: scope.nextOrder('Behavior'),
  };
  context.tree.put('Behavior', key, fields, facts.place);
  return true;
}

function textNote(facts: Facts): string | null {
  return facts.text('notes');
}

interface StimulusContext {
  stated: string;
  epoch: string;
  equipment: string[];
  scope: SessionScope;
}

function putManipulation(
  type: string,
  facts: Facts,
  stimulus: Facts | null,
  { stated, epoch, equipment, scope }: StimulusContext,
): void {
  const key = scope.keys.of(`manipulation:${insideOf(scope.session)}/${type}/${stated}`, facts.place);
  const details = type === 'OptogeneticStimulation' ? opticalDetails(facts, stimulus) : [];
  const notes = notesWith([textNote(facts)], facts, {
    owner: 'manipulation notes',
    extraFields: scope.extraFields,
    name: 'stimulusEpoch',
  });
  const order = scope.nextOrder('Manipulation');
  const fields = { session: scope.session, ...ofType('MANIPULATION', type), details, equipment, epoch, notes, order };
  scope.context.tree.put('Manipulation', key, fields, facts.place);
}

/** One object for each train of pulses, with what the source states as one number. */
function opticalDetails(facts: Facts, stimulus: Facts | null): object[] {
  const parameters = facts.holdsObjects('stimulus_parameters') ? facts.children('stimulus_parameters') : [];
  const code = facts.holdsObjects('code') ? facts.child('code') : null;
  const codeParameters = code?.holdsObjects('parameters') ? code.child('parameters') : null;
  const trains = [...parameters, ...(stimulus ? [stimulus] : []), ...(codeParameters ? [codeParameters] : [])];
  const lights = facts.holdsObjects('light_source_config') ? facts.children('light_source_config') : [];
  const wavelength = lights.length === 1 ? quantity(lights[0]!, 'wavelength', lengths) : null;
  const details = trains.map((train) => trainDetails(train)).filter((one) => Object.keys(one).length > 0);
  if (wavelength === null) return details;
  return details.length === 0 ? [{ wavelength }] : details.map((one) => ({ ...one, wavelength }));
}

function trainDetails(train: Facts): object {
  const shape = textIn(train, 'pulse_shape');
  const profile = shape === 'Square' || shape === 'Ramp' ? shape : null;
  if (profile !== null) train.skip('pulse_shape');
  const duration = quantity(train, 'pulse_train_duration', durations);
  const counts = train.numbers('number_pulse_trains');
  const repetitions = counts?.length === 1 && Number.isInteger(counts[0]) ? counts[0] : undefined;
  if (counts !== null && repetitions === undefined) train.unread('number_pulse_trains');
  return {
    ...(profile === null ? {} : { profile }),
    ...(duration ? { duration } : {}),
    ...(repetitions === undefined ? {} : { repetitions }),
  };
}

/** An epoch without a module has no notes of its own: what is left stays with the session. */
function keepEpoch(name: string, facts: Facts, { extraFields }: SessionScope): void {
  const left = facts.left();
  facts.skipAll();
  if (Object.keys(left).length > 0)
    extraFields.keep('stimulusEpoch', JSON.stringify({ epoch: name, ...left }), facts.place);
}
