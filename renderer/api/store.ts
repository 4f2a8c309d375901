import { createStoreClient } from './store-client.ts'

/** The one line to the store of this window. */
export const store = createStoreClient({ connectStore: () => window.desk.connectStore(), messages: window })
