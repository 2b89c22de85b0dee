import { Index } from 'typeorm';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { Day, LongText, Text, WebAddress } from '../../model/fields';
import { NodeType } from '../../model/node';
import { Project } from '../project/project.entity';
import { projectPublications } from '../project/project.links';
import { Approvable, Name, Proposal } from './proposal';

@NodeType('A scientific journal.')
@Approvable(['name'])
export class Journal extends Proposal {
  @Name(200)
  name!: string;

  @ConnectionOf(
    () => Publication,
    { by: 'journalId' },
    'What appeared in it, as far as approved or proposed by the viewer.',
  )
  publications!: Publication[];
}

@NodeType('A scientific publication.')
@Approvable()
@Index('publication_doi', { synchronize: false })
export class Publication extends Proposal {
  @RefersTo(() => Journal, 'Where it appeared; null when not stated or not approved yet.', { onDelete: 'NO ACTION' })
  journalId!: string | null;

  @Text(500, 'Its title.', { required: true })
  title!: string;

  @LongText('Its authors, as they are printed; null only where an imported source names none.')
  authors!: string | null;

  @LongText('Its abstract; null when not stated.')
  abstract!: string | null;

  @Text(200, 'Its DOI without a prefix, such as `10.1038/s41586-023-06031-6`; null when it has none.')
  doi!: string | null;

  @WebAddress('Its page; null when not stated.')
  url!: string | null;

  @WebAddress('Its PDF; null when not stated.')
  pdfUrl!: string | null;

  @Day('The day on which it appeared; null when not stated.')
  publishedOn!: string | null;

  @ConnectionOf(
    () => Project,
    { through: () => projectPublications },
    'The projects that led to it, those visible to the viewer.',
  )
  projects!: Project[];
}
