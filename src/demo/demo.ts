import { addEquipment } from './attributes/equipment';
import { addInventories } from './attributes/inventories';
import { addParadigms } from './attributes/paradigms';
import { addSetups } from './attributes/setups';
import { addStorages } from './attributes/storages';
import { Content } from './content';
import { addPeople } from './people';
import { addArousal } from './projects/arousal';
import { addBarrel } from './projects/barrel';
import { addHuman } from './projects/human';
import { addInterneurons } from './projects/interneurons';
import { addExchange, addLarvae } from './projects/larva';
import { addReversal } from './projects/reversal';
import { addProjects } from './projects/roles';
import { addSeptum } from './projects/septum';
import { addTrackAndRipple } from './projects/track';
import { addVista } from './projects/vista';
import { addKindsOfBehavior } from './vocabulary/behavior';
import { addLiterature } from './vocabulary/publications';
import { addResources } from './vocabulary/resources';
import { addTaxonomies } from './vocabulary/species';

/** The whole demo: invented people and laboratories, and a few years of their work. */
export function buildDemo(): Content {
  const content = new Content();
  const parts = [
    addPeople,
    addTaxonomies,
    addKindsOfBehavior,
    addResources,
    addLiterature,
    addParadigms,
    addSetups,
    addEquipment,
    addStorages,
    addInventories,
    addProjects,
    addVista,
    addTrackAndRipple,
    addBarrel,
    addReversal,
    addHuman,
    addInterneurons,
    addSeptum,
    addArousal,
    addLarvae,
    addExchange,
  ];
  for (const add of parts) add(content);
  return content;
}
