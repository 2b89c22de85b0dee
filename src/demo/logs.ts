import { quantity } from './define';
import type { LogPlan } from './experiments';
import { chance, daysAfter, minutesAfter } from './source';

const at = (day: string, time: string): string => `${day}T${time}:00.000Z`;

/** A weight each week, growing slowly. */
export function weighing(subject: string, firstDay: string, weeks: number, grams: number, by: string): LogPlan {
  const { around } = chance(`weight of ${subject}`);
  return {
    type: 'Weighing',
    description: 'Once a week, before feeding.',
    entries: Array.from({ length: weeks }, (_, week) => ({
      startedAt: at(daysAfter(firstDay, 7 * week), '07:40'),
      performedBy: by,
      details: { weight: quantity(around(grams * (1 + 0.015 * week), grams * 0.01, 1), 'g') },
    })),
  };
}

/** What was drunk on each day of water restriction. */
export function waterIntake(subject: string, firstDay: string, days: number, by: string): LogPlan {
  const { around, onceIn } = chance(`water of ${subject}`);
  return {
    type: 'WaterConsumption',
    description: 'Task and supplement together, to 1.2 mL a day.',
    entries: Array.from({ length: days }, (_, day) => ({
      startedAt: at(daysAfter(firstDay, day), '16:10'),
      endedAt: at(daysAfter(firstDay, day), '16:25'),
      performedBy: by,
      details: { waterAmount: quantity(around(1.2, 0.05, 2), 'mL') },
      ...(onceIn(9) && { notes: 'Supplement doubled after a short session.' }),
    })),
  };
}

/** Getting used to the setup, a little longer each day. */
export function habituation(firstDay: string, minutes: readonly number[], by: string, method: string): LogPlan {
  return {
    type: 'Habituation',
    description: 'Before the first recording.',
    entries: minutes.map((length, day) => {
      const startedAt = at(daysAfter(firstDay, day), '09:00');
      return {
        startedAt,
        endedAt: minutesAfter(startedAt, length),
        performedBy: by,
        details: { habituationMethod: method },
      };
    }),
  };
}

/** How well a task went on each day of training. */
export function training(subject: string, firstDay: string, days: number, task: string, by: string): LogPlan {
  const { around } = chance(`training of ${subject}`);
  return {
    type: 'TrainingSession',
    entries: Array.from({ length: days }, (_, day) => ({
      startedAt: at(daysAfter(firstDay, day), '10:00'),
      endedAt: at(daysAfter(firstDay, day), '10:45'),
      performedBy: by,
      details: {
        task,
        performance: `${around(52 + (34 * day) / days, 3)} % correct`,
        reinforcementType: 'Sweetened water',
      },
    })),
  };
}

/** Impedances of a few channels, week by week. */
export function impedances(subject: string, firstDay: string, weeks: number, channels: number): LogPlan {
  const { around } = chance(`impedances of ${subject}`);
  return {
    type: 'Impedances',
    description: 'At 1 kHz, in kΩ.',
    entries: Array.from({ length: weeks }, (_, week) => ({
      startedAt: at(daysAfter(firstDay, 7 * week), '08:30'),
      details: {
        channels: Array.from({ length: channels }, (_unused, channel) => channel),
        impedances: Array.from({ length: channels }, () => around(240 + 12 * week, 30)),
        phases: Array.from({ length: channels }, () => around(-62, 4)),
      },
    })),
  };
}

/** How far each of eight tetrodes was moved, on the days after the implantation. */
export function tetrodeTurns(subject: string, firstDay: string, days: number, by: string): LogPlan {
  const { around } = chance(`tetrodes of ${subject}`);
  const depths = Array.from({ length: 8 }, () => 1.2);
  return {
    type: 'Tetrodes8',
    description: 'Depth from the brain surface after the turn.',
    entries: Array.from({ length: days }, (_, day) => ({
      startedAt: at(daysAfter(firstDay, 2 * day), '17:00'),
      performedBy: by,
      details: Object.fromEntries(
        depths.map((depth, tetrode) => {
          depths[tetrode] = depth + Math.max(0, around(0.14, 0.03, 2));
          return [`tetrode_${tetrode + 1}`, quantity(Number(depths[tetrode].toFixed(2)), 'mm')];
        }),
      ),
    })),
  };
}
