import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (place: string) => path.resolve(import.meta.dirname, place)

// The oldest runtime we start on (the stand-in Electron). Left to itself, electron-vite aims at the Electron it finds.
const nodeTarget = 'node20.18'
const chromeTarget = 'chrome130'

/** Bundled code starts faster than required packages; only the native module stays outside. */
const external = ['electron', 'better-sqlite3-multiple-ciphers']

export default defineConfig({
  main: {
    build: {
      target: nodeTarget,
      minify: true,
      sourcemap: false,
      externalizeDeps: false,
      rolldownOptions: {
        external,
        input: {
          index: at('electron/main/index.ts'),
          store: at('electron/store/index.ts'),
          'gather-thread': at('electron/store/db/gather-thread.ts')
        }
      }
    }
  },
  preload: {
    build: {
      target: nodeTarget,
      minify: true,
      sourcemap: false,
      externalizeDeps: false,
      rolldownOptions: {
        external,
        input: { preload: at('electron/preload/preload.ts') },
        // A sandboxed preload cannot be an ES module, whatever package.json says.
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    build: {
      target: chromeTarget,
      minify: true,
      sourcemap: false,
      assetsInlineLimit: 0, // the content security policy allows no data: URLs
      rolldownOptions: { input: { index: at('renderer/index.html'), paper: at('renderer/paper.html') } }
    }
  }
})
