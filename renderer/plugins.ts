// The vite plugins of the window, for this folder's own build and for electron-vite's.

import { fileURLToPath } from 'node:url'
import bitrix24 from '@bitrix24/b24ui-nuxt/vite'
import vue from '@vitejs/plugin-vue'
import type { PluginOption } from 'vite'

/**
 * Components of the kit are imported by name, never found by magic: a search for a component then finds every
 * use, and vue-tsc checks it. `root` puts the kit's generated theme into the repository's own node_modules.
 */
export function rendererPlugins(): PluginOption[] {
  return [
    vue(),
    bitrix24({
      root: fileURLToPath(new URL('..', import.meta.url)),
      router: false,
      autoImport: false,
      components: false,
      dts: false,
      prose: false,
      mdc: false,
      colorMode: false,
    }),
  ]
}
