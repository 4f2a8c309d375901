/** Names of the messages between the preload and main. */
export const CHANNELS = {
  connectStore: 'store:connect',
  storePort: 'store:port',
  markReady: 'start:mark',
  copyText: 'clipboard:copy',
  setZoom: 'window:zoom',
  saveFile: 'file:save',
  choosePlace: 'file:place'
} as const
