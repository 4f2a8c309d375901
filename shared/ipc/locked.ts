/** The store is locked: the window shows the lock screen and keeps what was typed. */
export type Locked = { type: 'Locked' }
