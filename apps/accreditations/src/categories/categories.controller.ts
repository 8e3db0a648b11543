import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { AccreditationFile, CategoriesImported, CategoriesOf, CategoryList } from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, Idempotency, IdempotencyKey, valid } from '#libs/service-defaults';
import { CategoriesQueries } from './categories.queries.js';
import { ImportCategories } from './import-categories.js';

@Controller()
export class CategoriesController {
  constructor(
    private readonly categories: CategoriesQueries,
    private readonly importCategories: ImportCategories,
    private readonly idempotency: Idempotency,
  ) {}

  @Get('categories')
  @Access('public')
  @Answers('What one may apply for in an edition, with its form and papers.', CategoryList)
  list(@Query(valid(CategoriesOf)) query: CategoriesOf): Promise<CategoryList> {
    return this.categories.list(query.edition);
  }

  @Post('editions/:id/categories')
  @HttpCode(200)
  @Access('admin')
  @Answers(
    'How many rows were added, changed and left alone; a file with a wrong row is refused whole.',
    CategoriesImported,
  )
  load(
    @Param('id') editionId: string,
    @Body(valid(AccreditationFile)) file: AccreditationFile,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
  ): Promise<CategoriesImported> {
    const call = { key, caller: caller.id, operation: 'import-categories', body: { editionId, file } };
    return this.idempotency.once(call, (tx) =>
      this.importCategories.within(tx, { editionId, file, actorId: caller.id }),
    );
  }
}
