import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put } from '@nestjs/common';
import { Type } from 'typebox';
import { Block, BlockPolicy, ChangeBlock, MakeBlock } from '#libs/contracts';
import { isId } from '#libs/kernel';
import {
  Access,
  Answers,
  type Caller,
  CallerParam,
  IdempotencyKey,
  requiredVersion,
  valid,
} from '#libs/service-defaults';
import { blockUnknown } from './block.refusals.js';
import { BlockPolicies } from './block-policies.js';
import { KeepBlock } from './keep-block.js';

@Controller()
export class BlocksController {
  constructor(
    private readonly keep: KeepBlock,
    private readonly policies: BlockPolicies,
  ) {}

  @Post('screenings/:id/blocks')
  @Access('programmer', 'house-manager')
  @Answers('The seats are kept for the purpose', Block)
  make(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @IdempotencyKey() key: string,
    @Body(valid(MakeBlock)) body: MakeBlock,
  ): Promise<Block> {
    return this.keep.make(caller, id, key, body);
  }

  @Get('screenings/:id/blocks')
  @Access('programmer', 'house-manager', 'box-office')
  @Answers('Blocks of a screening, released ones too', Type.Array(Block))
  list(@CallerParam() caller: Caller, @Param('id') id: string): Promise<Block[]> {
    return this.keep.list(caller, id);
  }

  @Put('blocks/:id')
  @Access('programmer', 'house-manager')
  @Answers('The block as it is now', Block)
  change(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Headers('if-match') version: string | undefined,
    @Body(valid(ChangeBlock)) body: ChangeBlock,
  ): Promise<Block> {
    return this.keep.change(caller, known(id), requiredVersion(version), body);
  }

  @Post('blocks/:id/release')
  @HttpCode(200)
  @Access('programmer', 'house-manager')
  @Answers('Its seats are free', Block)
  release(@CallerParam() caller: Caller, @Param('id') id: string): Promise<Block> {
    return this.keep.release(caller, known(id));
  }

  @Get('editions/:id/block-policy')
  @Access('programmer', 'house-manager')
  @Answers('Blocks that announced screenings get by themselves', BlockPolicy)
  policy(@Param('id') edition: string): Promise<BlockPolicy> {
    return this.policies.of(edition);
  }

  @Put('editions/:id/block-policy')
  @Access('programmer', 'house-manager')
  @Answers('The policy, applied to what is announced already', BlockPolicy)
  setPolicy(
    @CallerParam() caller: Caller,
    @Param('id') edition: string,
    @Body(valid(BlockPolicy)) body: BlockPolicy,
  ): Promise<BlockPolicy> {
    return this.policies.set(caller, edition, body);
  }
}

function known(id: string): string {
  if (!isId(id)) throw blockUnknown();
  return id;
}
