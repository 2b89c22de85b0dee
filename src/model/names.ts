/** `DataAcquisition` → `data_acquisition`: how the database spells a type's or a property's name. */
export function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

/** `Epoch` → `an Epoch`, `User` → `a User`: a type's name inside a sentence. */
export function withArticle(typeName: string): string {
  return `${/^[AEIO]/.test(typeName) ? 'an' : 'a'} ${typeName}`;
}

/** `DataAcquisition` → `dataAcquisition`: how a field for one object of a type is called. */
export function fieldName(typeName: string): string {
  return typeName.charAt(0).toLowerCase() + typeName.slice(1);
}

/** `DataStorage` → `data storage`: how a type is called inside a sentence. */
export function inWords(typeName: string): string {
  return snakeCase(typeName).replaceAll('_', ' ');
}

/** `DataStorage` → `data_storage_id`: how a column is called that names an object of a type. */
export function idColumn(typeName: string): string {
  return `${snakeCase(typeName)}_id`;
}

/** `1 session`, `2 sessions`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
