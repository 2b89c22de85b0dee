import { DefaultNamingStrategy } from 'typeorm';
import { snakeCase } from './names';

/** Columns are snake_case in the database and camelCase in code and graph. */
export class SnakeCaseColumns extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? snakeCase(propertyName);
  }
}
