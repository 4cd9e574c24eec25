import type { DeviceOffer, DeviceSettings, DeviceState, Setting, SettingsChange } from '../api/types';

/** All that is known of one device. */
export interface Known {
  device: DeviceState;
  settings: DeviceSettings;
  offers: readonly DeviceOffer[];
  changes: readonly SettingsChange[];
  fields: readonly Setting[];
}
