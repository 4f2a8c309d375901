import {
  BrowserWindow,
  clipboard,
  type IpcMainEvent,
  ipcMain,
  MessageChannelMain,
  type MessagePortMain
} from 'electron'
import { z } from 'zod'
import { CHANNELS } from '#shared/ipc/channels.ts'
import type { SaveOutcome } from '#shared/ipc/contract.ts'
import { isOwnPage } from './app-protocol.ts'
import { fileSchema, saveFile } from './save-file.ts'
import { markStart } from './start-marks.ts'
import type { StoreFiles } from './store-files.ts'
import type { WholeFiles } from './whole-files.ts'

const MAX_COPIED_CHARACTERS = 20_000_000

const stepSchema = z.enum(['first-paint', 'first-list'])
const copySchema = z.string().max(MAX_COPIED_CHARACTERS)
const zoomSchema = z.number().min(50).max(300)

export interface WindowDeps {
  readonly connectStore: (port: MessagePortMain) => void
  readonly files: WholeFiles
  readonly storeFiles: StoreFiles
}

/** The only door from a window into main. Who is not our own page is not answered. */
export function answerWindow({ connectStore, files, storeFiles }: WindowDeps): void {
  onMessage(CHANNELS.connectStore, z.undefined(), (event) => {
    const { port1, port2 } = new MessageChannelMain()
    connectStore(port1)
    event.sender.postMessage(CHANNELS.storePort, null, [port2])
  })
  onMessage(CHANNELS.markReady, stepSchema, (_event, step) => markStart(step))
  onMessage(CHANNELS.copyText, copySchema, (_event, text) => clipboard.writeText(text))
  onMessage(CHANNELS.setZoom, zoomSchema, (event, percent) => event.sender.setZoomFactor(percent / 100))
  ipcMain.handle(CHANNELS.saveFile, async (event, message: unknown): Promise<SaveOutcome> => {
    if (!event.senderFrame || !isOwnPage(event.senderFrame.url)) return 'failed'
    const file = fileSchema.safeParse(message)
    return file.success ? await saveFile(BrowserWindow.fromWebContents(event.sender), file.data, files) : 'failed'
  })
  ipcMain.handle(CHANNELS.choosePlace, async (event, name: unknown) => {
    if (!event.senderFrame || !isOwnPage(event.senderFrame.url) || typeof name !== 'string') return null
    return await storeFiles.choose(BrowserWindow.fromWebContents(event.sender), name)
  })
}

function onMessage<S extends z.ZodType>(
  channel: string,
  schema: S,
  handle: (event: IpcMainEvent, message: z.output<S>) => void
): void {
  ipcMain.on(channel, (event, message: unknown) => {
    if (!event.senderFrame || !isOwnPage(event.senderFrame.url)) return
    const parsed = schema.safeParse(message)
    if (parsed.success) handle(event, parsed.data)
    else process.stderr.write(`a window sent something unreadable on ${channel}\n`)
  })
}
