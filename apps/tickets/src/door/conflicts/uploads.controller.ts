import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { SignedUpload, UploadedScans, UploadScans } from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, valid } from '#libs/service-defaults';
import { TakeUploads } from './take-uploads.js';

/** What a signed body is when it is opened. */
const SIGNED = valid(UploadScans);

@Controller('door')
export class UploadsController {
  constructor(private readonly uploads: TakeUploads) {}

  @Post('uploads')
  @HttpCode(200)
  @Access('device')
  @Answers('What gates decided by themselves is stored; clashes are named', UploadedScans)
  upload(@CallerParam() caller: Caller, @Body(valid(UploadScans)) body: UploadScans): Promise<UploadedScans> {
    return this.uploads.execute(caller, body);
  }

  @Post('quarantine')
  @HttpCode(200)
  @Access('public')
  @Answers('What a dead device still had, signed by its key: kept apart, never counted', UploadedScans)
  quarantine(@Body(valid(SignedUpload)) { deviceId, body, signature }: SignedUpload): Promise<UploadedScans> {
    return this.uploads.quarantine(deviceId, body, signature, SIGNED.transform(parsed(body), { type: 'body' }));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
