import { Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { PriceRulesQueries } from './price-rules.queries.js';
import { PriceSeats } from './price-seats.js';
import { PricingController } from './pricing.controller.js';
import { PromoCodes } from './promo-codes.js';
import { SetPriceRules } from './set-price-rules.js';
import { TryPriceRules } from './try-price-rules.js';

@Module({
  imports: [ProgrammeCopyModule],
  controllers: [PricingController],
  providers: [PriceRulesQueries, SetPriceRules, TryPriceRules, PromoCodes, PriceSeats],
  exports: [PriceRulesQueries, PriceSeats],
})
export class PricingModule {}
