/** How one exchange between a desk and the centre goes wrong. */
export type LineFault =
  /** The connection is reset before anything gets through. */
  | { readonly type: 'refused' }
  /** This share of the request's body reaches the centre, then the line is cut on both sides. */
  | { readonly type: 'request_cut'; readonly share: number }
  /** The centre does it; this share of the answer comes back, then the line is cut. */
  | { readonly type: 'answer_cut'; readonly share: number }
  /** The line is cut in the middle of the answer's headers. */
  | { readonly type: 'head_cut' }
  /** The centre gets the request twice, one after the other or at once; the desk hears one of the answers. */
  | { readonly type: 'twice'; readonly atOnce: boolean; readonly hears: 'first' | 'second' }
  /** The desk is told that it failed; the request arrives later all the same, after newer ones. */
  | { readonly type: 'late'; readonly ms: number }
  /** Both directions wait. */
  | { readonly type: 'slow'; readonly ms: number }
  /** Nothing comes back for so long, then the line breaks. The centre never hears of it. */
  | { readonly type: 'black_hole'; readonly ms: number }
  /** Something in between answers: a login page of the network, or a gateway that found nobody. */
  | { readonly type: 'captive_portal' }
  | { readonly type: 'bad_gateway' }
  /** An old request of this desk is sent again, and nobody reads the answer. */
  | { readonly type: 'replay' }

export type LineFaultType = LineFault['type']

export const LINE_FAULT_TYPES = [
  'refused',
  'request_cut',
  'answer_cut',
  'head_cut',
  'twice',
  'late',
  'slow',
  'black_hole',
  'captive_portal',
  'bad_gateway',
  'replay'
] as const satisfies readonly LineFaultType[]
