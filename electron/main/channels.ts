// Names of the channels between the window's preload and the main process.

export const channels = {
  /** Window to main: the window listens now; begin its session. */
  open: 'sverka:open',
  /** Both ways: one frame. */
  frame: 'sverka:frame',
  /** Invoked with path and name; answers a Result with the ticket. */
  claim: 'sverka:claim',
  /** Invoked with ticket and name; answers a Result with whether it was saved. */
  deliver: 'sverka:deliver',
} as const
