import { Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Priced } from '../../model/price';
import { PublicDashboard } from './dashboard.types';
import { readDashboard } from './read-dashboard';

/** What it takes is likely that of some thousand values, once for a request. */
const price = 2000;

@Resolver()
export class DashboardResolver {
  @Query(() => PublicDashboard, {
    nullable: true,
    description:
      'What is public, in numbers: for a page that shows what there is. The same for every viewer. Null, with an error, only where it fails.',
  })
  @Priced({ values: price })
  publicDashboard(@Ctx() context: Context): Promise<PublicDashboard> {
    return readDashboard(context);
  }
}
