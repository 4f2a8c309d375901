import { contextBridge, ipcRenderer } from 'electron'
import { CHANNELS } from '#shared/ipc/channels.ts'
import type { DeskBridge } from '#shared/ipc/contract.ts'

// A MessagePort cannot cross the context bridge: it is handed to the page with window.postMessage.
ipcRenderer.on(CHANNELS.storePort, (event) =>
  window.postMessage({ type: 'store-port' }, location.origin, [...event.ports])
)

const desk = {
  connectStore: () => ipcRenderer.send(CHANNELS.connectStore),
  markReady: (step) => ipcRenderer.send(CHANNELS.markReady, step),
  copyText: (text) => ipcRenderer.send(CHANNELS.copyText, text),
  setZoom: (percent) => ipcRenderer.send(CHANNELS.setZoom, percent),
  saveFile: (file) => ipcRenderer.invoke(CHANNELS.saveFile, file),
  choosePlace: (name) => ipcRenderer.invoke(CHANNELS.choosePlace, name)
} satisfies DeskBridge

contextBridge.exposeInMainWorld('desk', desk)
