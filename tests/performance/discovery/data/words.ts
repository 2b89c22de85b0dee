import type { Chance } from './chance';

const techniques = [
  ...['Neuropixels recordings', 'Two-photon imaging', 'Extracellular recordings', 'Patch-clamp recordings'],
  ...['Widefield imaging', 'Fiber photometry', 'Local field potentials', 'Optogenetic silencing', 'Spike sorting'],
];
const areas = [
  ...['visual cortex', 'hippocampus', 'prefrontal cortex', 'motor cortex', 'barrel cortex', 'striatum', 'amygdala'],
  ...['medial septum', 'entorhinal cortex', 'thalamus', 'cerebellum', 'olfactory bulb', 'superior colliculus'],
];
const tasks = [
  ...['navigation', 'sleep', 'a delayed match task', 'reversal learning', 'passive viewing', 'free foraging'],
  ...['fear conditioning', 'whisker discrimination', 'a two-armed bandit', 'memory replay', 'social interaction'],
];
const animals = ['mice', 'mice', 'mice', 'rats', 'rats', 'zebrafish larvae', 'marmosets', 'people'];
const families = [
  ...['Müller', 'Tanaka', 'García', 'Okafor', 'Lindqvist', 'Novák', 'Rossi', 'Chen', 'Patel', 'Kowalska', 'Dubois'],
  ...['Haddad', 'Silva', 'Jensen', 'Ivanova', 'Brown', 'Nguyen', 'Øster', 'Yılmaz', 'Cohen'],
];
const givens = [
  ...['Ada', 'Mara', 'Kenji', 'Elena', 'Tomasz', 'Zoë', 'Jorge', 'Amina', 'Lars', 'Priya', 'Noah', 'Inês', 'Wei'],
];

/** Keywords, the frequent ones first. */
export const tags = [
  ...[
    'awake',
    'head-fixed',
    'baseline',
    'training',
    'sleep',
    'novel environment',
    'reward',
    'control',
    'opto',
    'rig A',
  ],
  ...['rig B', 'pilot', 'habituation', 'reversal', 'probe 2', 'muscimol', 'ketamine', 'dim light', 'noise', 'repaired'],
];

/** A word that one in so many descriptions of sessions holds, and one that most hold. */
export const rareWord = { word: 'zugunruhe', oneIn: 10_000 };
export const commonWord = 'cortex';

export const projectName = (chance: Chance, index: number): string =>
  `${chance.pick(techniques, 'technique', index)} of ${chance.pick(areas, 'area', index)} during ${chance.pick(tasks, 'task', index)} in ${chance.pick(animals, 'animal', index)}`;

export const personName = (chance: Chance, index: number): string =>
  `${chance.pick(givens, 'given', index)} ${chance.pick(families, 'family', index)}`;

export const subjectName = (chance: Chance, subject: number): string =>
  `${chance.pick(['VS', 'HC', 'PV', 'Mouse', 'rat', 'M'], 'subject name', subject)}${String(subject % 1000).padStart(3, '0')}`;

export function sessionName(chance: Chance, session: number, subject: number, started: Date): string {
  const ending = chance.pick(['', '', '', ' g0', ' g1', ' night', ' probe 2'], 'ending', session);
  return `${subjectName(chance, subject)} ${started.toISOString().slice(0, 10)}${ending}`;
}

export function sessionDescription(chance: Chance, session: number): string | null {
  if (chance.at('describes', session) < 0.5) return null;
  const rare = session % rareWord.oneIn === 7 ? ` Signs of ${rareWord.word} before it began.` : '';
  return `${chance.pick(techniques, 'session technique', session)} in ${chance.pick(areas, 'session area', session)}, ${chance.pick(areas, 'second area', session)} and ${commonWord} during ${chance.pick(tasks, 'session task', session)}.${rare}`;
}

export function someTags(chance: Chance, what: string, index: number): string[] {
  const count = Math.floor(chance.at(`count of ${what}`, index) * 4);
  return [...new Set(Array.from({ length: count }, (_, place) => chance.favour(tags, `${what} ${place}`, index)))];
}
