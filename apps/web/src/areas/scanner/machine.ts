import type { DevicePublicKey } from '#libs/contracts';
import type { Machine } from './engine/ports';
import { publicKeyOf, signed } from './store/device-keys';
import { askToPersist, DeviceStore, roomLeft } from './store/device-store';

/** This phone or handheld, with its browser's store and clocks. */
export async function thisMachine(): Promise<Machine> {
  const store = await DeviceStore.open();
  void askToPersist();
  return {
    version: versionOf(import.meta.url),
    drawer: store.drawer,
    log: () => store.log(),
    sign: (text) => signed(store.keys, text),
    publicKey: async () => {
      const { x = '', y = '' } = await publicKeyOf(store.keys);
      return { kty: 'EC', crv: 'P-256', x, y } satisfies DevicePublicKey;
    },
    emptyDrawer: () => store.emptyDrawer(),
    wipe: () => store.wipe(),
    room: roomLeft,
    now: () => Date.now(),
    monotonic: () => performance.now(),
    later: (work, ms) => {
      setTimeout(work, ms);
    },
  };
}

/** The hash in the name of the build's own file tells one scanner from another. */
function versionOf(file: string): string {
  return /-([\w-]{8})\.js/.exec(file)?.[1] ?? 'development';
}
