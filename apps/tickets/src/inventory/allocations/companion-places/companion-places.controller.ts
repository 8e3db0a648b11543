import { Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { CompanionPlaces } from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey } from '#libs/service-defaults';
import { ReleaseCompanions } from './release-companions.js';

@Controller('screenings/:id/companion-places/release')
export class CompanionPlacesController {
  constructor(private readonly companions: ReleaseCompanions) {}

  @Post()
  @HttpCode(200)
  @Access('programmer', 'house-manager')
  @Answers('Unsold companion places are sold alone', CompanionPlaces)
  release(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @IdempotencyKey() key: string,
  ): Promise<CompanionPlaces> {
    return this.companions.release(caller, id, key);
  }

  @Delete()
  @Access('programmer', 'house-manager')
  @Answers('Companion places go with their wheelchair place again', CompanionPlaces)
  undo(@CallerParam() caller: Caller, @Param('id') id: string): Promise<CompanionPlaces> {
    return this.companions.undo(caller, id);
  }
}
