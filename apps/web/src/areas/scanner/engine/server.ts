import type {
  AskHolders,
  DeviceChallenge,
  DeviceReport,
  DeviceSession,
  DoorList,
  DoorScreenings,
  HolderFace,
  HoldersAtGate,
  OpenDeviceSession,
  PairDevice,
  PairedDevice,
  PhotoLink,
  ScanCode,
  ScanVerdict,
  SignedUpload,
  UploadedScans,
  UploadScans,
} from '#libs/contracts';

/** The door service as the scanner uses it. Rejects with `HouseSaysNo` for a no and with `HouseSilent` for silence. */
export interface DoorServer {
  pair(body: PairDevice): Promise<PairedDevice>;
  challenge(deviceId: string): Promise<DeviceChallenge>;
  openSession(body: OpenDeviceSession): Promise<DeviceSession>;
  device(token: string): Promise<PairedDevice>;
  screenings(token: string): Promise<DoorScreenings>;
  list(token: string, screeningId: string, since?: string): Promise<DoorList>;
  scan(token: string, body: ScanCode, patienceMs: number): Promise<ScanVerdict>;
  undo(token: string, scanId: string): Promise<void>;
  photo(token: string, scanId: string): Promise<PhotoLink>;
  /** What a link of a minute leads to. */
  face(token: string, url: string): Promise<HolderFace>;
  holders(token: string, body: AskHolders): Promise<HoldersAtGate>;
  upload(token: string, body: UploadScans): Promise<UploadedScans>;
  quarantine(body: SignedUpload): Promise<UploadedScans>;
  report(token: string, body: DeviceReport): Promise<void>;
}
