import type { ReactNode } from 'react'

/** The desk's own line icons on a grid of 20, drawn in the colour of the text. They are decoration: never the only sign. */
const PATHS = {
  search: <path d="M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm4 9.5 3.5 3.5" />,
  today: <path d="M3.5 5.5h13v11h-13zM3.5 8.5h13M7 3.5v3.5M13 3.5v3.5M7.5 12.5l2 2 3.5-3.5" />,
  list: <path d="M7.5 5.5h9M7.5 10h9M7.5 14.5h9M3.5 5.5h1M3.5 10h1M3.5 14.5h1" />,
  intake: <path d="M5 3.5h6.5l3.5 3.5v9.5H5zM11.5 3.5V7H15M10 9v5M7.5 11.5h5" />,
  outbox: <path d="M3.5 11.5v5h13v-5M10 13V3.5M6.5 7 10 3.5 13.5 7" />,
  share: <path d="M11.5 4.5h4v4M15.5 4.5 9 11M8 5.5H4.5v10h10V12" />,
  conflict: <path d="M3.5 10h4.5M12 10h4.5M6 7.5 8.5 10 6 12.5M14 7.5 11.5 10l2.5 2.5M10 4v12" />,
  policy: <path d="M10 3.5 15.5 5.5v4.5c0 3.2-2.3 5.4-5.5 6.5-3.2-1.1-5.5-3.3-5.5-6.5V5.5zM7.5 10l1.8 1.8 3.2-3.4" />,
  settings: (
    <path d="M3.5 6h7M14.5 6h2M3.5 14h2M9.5 14h7M12.5 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4ZM7.5 12a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z" />
  ),
  check: <path d="M4.5 10.5 8.5 14.5 15.5 6" />,
  close: <path d="M5.5 5.5 14.5 14.5M14.5 5.5 5.5 14.5" />,
  down: <path d="M5.5 8 10 12.5 14.5 8" />,
  up: <path d="M5.5 12 10 7.5 14.5 12" />,
  left: <path d="M12.5 5 7.5 10l5 5" />,
  right: <path d="M7.5 5l5 5-5 5" />,
  first: <path d="M14.5 5 9.5 10l5 5M5.5 5v10" />,
  last: <path d="M5.5 5l5 5-5 5M14.5 5v10" />,
  plus: <path d="M10 4.5v11M4.5 10h11" />,
  minus: <path d="M4.5 10h11" />,
  eye: (
    <path d="M2.5 10s2.8-5 7.5-5 7.5 5 7.5 5-2.8 5-7.5 5-7.5-5-7.5-5ZM10 7.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4Z" />
  ),
  eyeOff: (
    <path d="M2.5 10s2.8-5 7.5-5c1.3 0 2.4.4 3.4.9M15.6 7.4c1.2 1.3 1.9 2.6 1.9 2.6s-2.8 5-7.5 5c-1.3 0-2.4-.4-3.4-.9M4 16 16 4" />
  ),
  edit: <path d="M4 16h3L15.5 7.5l-3-3L4 13zM10.5 6.5l3 3" />,
  lock: <path d="M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9" />,
  warning: <path d="M10 3.5 17.5 16.5h-15zM10 8.5v4M10 14.3v.4" />,
  info: <path d="M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 9v4.5M10 6.4v.4" />,
  clock: <path d="M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 6v4.2l2.8 1.8" />,
  keyboard: <path d="M2.5 5.5h15v9h-15zM5.5 8.5h.4M8.5 8.5h.4M11.5 8.5h.4M14.3 8.5h.4M6.5 11.7h7" />,
  offline: (
    <path d="M3 3l14 14M2.5 8.5c1-1 2.2-1.7 3.5-2.2M9 5.2c3-.3 6.1.8 8.5 3.3M5.5 11.5c.8-.8 1.7-1.3 2.7-1.6M10 15.6v.4" />
  ),
  pc: <path d="M3.5 4.5h13v8.5h-13zM7 16.5h6M10 13v3.5" />,
  code: <path d="M4 7.5h12v5H4zM7 10h.4M10 10h.4M13 10h.4" />,
  download: <path d="M10 3.5v9M6.5 9 10 12.5 13.5 9M4 16.5h12" />,
  rescue: <path d="M4 6.5h12v9H4zM4 6.5l2-3h8l2 3M10 9v4.5M7.75 11.25h4.5" />,
  gate: <path d="M4 16.5v-9l6-4 6 4v9M7.5 16.5v-6h5v6" />,
  people: (
    <path d="M7.5 4a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5ZM3 16c.3-3 2-4.5 4.5-4.5S11.7 13 12 16M13 4.5a2.2 2.2 0 0 1 0 4.2M14 11.8c1.7.5 2.7 1.9 3 4.2" />
  ),
  erase: <path d="M4.5 6h11M8 6V4h4v2M5.5 6l.8 10.5h7.4L14.5 6M8.5 9v4.5M11.5 9v4.5" />,
  signOut: <path d="M11.5 4.5h-7v11h7M8.5 10h8M13.5 7l3 3-3 3" />,
  log: <path d="M4.5 3.5h11v13h-11zM7.5 7h5M7.5 10h5M7.5 13h2.5" />,
  copy: <path d="M7.5 7.5h9v9h-9zM12.5 7.5v-4h-9v9h4" />
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof PATHS

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {PATHS[name]}
    </svg>
  )
}

/** The mark of the product: a key whose bow is a window. */
export function BrandMark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="brand-mark">
      <rect width="24" height="24" rx="6" className="brand-mark__ground" />
      <path d="M6 6.5h7.5v7.5H6zM9.75 14v4.5M9.75 17.2h3.2M13.5 10.2h4.5" className="brand-mark__line" />
    </svg>
  )
}
