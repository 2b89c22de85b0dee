import { users } from '../people';
import type { Content } from '../content';
import { define } from '../define';

const approved = { isApproved: true };

export const setupTypes = define('SetupType', '2018-11-08T09:00:00.000Z', {
  headFixed: {
    ...approved,
    name: 'Head-fixed on a running wheel',
    category: 'HEAD_FIXED_AWAKE',
    description: 'The head is held; the animal runs or rests on a wheel in front of screens.',
  },
  linearTrack: {
    ...approved,
    name: 'Linear track',
    category: 'FREELY_MOVING_AWAKE',
    description: 'A straight, narrow path with reward at one or both ends.',
    synonyms: ['linear maze'],
  },
  restBox: {
    ...approved,
    name: 'Rest box',
    category: 'VOLUNTARILY_STATIONARY_AWAKE',
    description: 'A small high-walled box in which animals rest and sleep.',
  },
  operantBox: {
    ...approved,
    name: 'Operant box',
    category: 'FREELY_MOVING_AWAKE',
    description: 'A box with ports or levers that give reward.',
  },
  openField: {
    ...approved,
    name: 'Open field',
    category: 'FREELY_MOVING_AWAKE',
    description: 'A walled arena without obstacles.',
  },
  bedside: {
    ...approved,
    name: 'Hospital bed',
    category: 'VOLUNTARILY_STATIONARY_AWAKE',
    description: 'A person in bed or in a chair, with a screen and a keyboard.',
  },
  theatre: { ...approved, name: 'Operating theatre', category: 'ANESTHETIZED_IN_VIVO' },
  sliceChamber: {
    ...approved,
    name: 'Slice chamber',
    category: 'EX_VIVO',
    description: 'A submerged chamber under an upright microscope.',
  },
  embedded: {
    ...approved,
    name: 'Embedded in agarose',
    category: 'HEAD_FIXED_AWAKE',
    description: 'A larva held in agarose with a free tail.',
  },
  scanner: { ...approved, name: 'Small-animal scanner', category: 'ANESTHETIZED_IN_VIVO' },
  surgery: { ...approved, name: 'Stereotaxic surgery', category: 'ANESTHETIZED_IN_VIVO' },
  vocalBooth: {
    isApproved: false,
    proposedById: users.kenji.id,
    name: 'Vocal exchange booth',
    category: 'FREELY_MOVING_AWAKE',
    description: 'Two cages that can hear but not see each other.',
  },
});

export const categories = define('BehavioralCategory', '2018-11-09T09:00:00.000Z', {
  navigation: {
    ...approved,
    name: 'Spatial navigation',
    synonyms: ['wayfinding'],
    description: 'Finding the way to a place.',
  },
  sensory: { ...approved, name: 'Passive sensory stimulation', description: 'Stimuli without a task.' },
  decision: { ...approved, name: 'Perceptual decision', description: 'A choice that depends on a stimulus.' },
  learning: { ...approved, name: 'Reinforcement learning', description: 'Choices that follow reward.' },
  rest: { ...approved, name: 'Rest and sleep', description: 'No task; often before or after one.' },
  language: { ...approved, name: 'Language', description: 'Naming, reading, listening.' },
  memory: { ...approved, name: 'Declarative memory', description: 'Encoding and recall of items.' },
  vocal: { isApproved: false, proposedById: users.kenji.id, name: 'Vocal communication' },
});

/** Kinds of setup and of behavior. */
export function addKindsOfBehavior(content: Content): void {
  content.addAll('SetupType', setupTypes);
  content.addAll('BehavioralCategory', categories);
}
