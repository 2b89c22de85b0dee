import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Project } from './project.entity';

/**
 * What an import made from an entry of its source. Keys are unique in a project, so that importing the same source again
 * finds what it made before instead of making it twice. The project stands here under its own key. Where several people import
 * one source into a project, each has personal attributes of their own under the same key.
 */
@Entity('imported_object')
@Index(['projectId', 'objectId'])
export class ImportedObject {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Project, { onDelete: 'CASCADE' })
  projectId!: string;

  @PrimaryColumn('text')
  @Index()
  key!: string;

  @PrimaryColumn('uuid')
  objectId!: string;
}
