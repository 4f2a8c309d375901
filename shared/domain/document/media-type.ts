/** The kinds of files that an office takes in. */
export const MEDIA_TYPES = [
  'application/pdf',
  'image/jpeg',
  'image/png',
  'application/x-hwp',
  'application/hwp+zip'
] as const
export type MediaType = (typeof MEDIA_TYPES)[number]

/** The ending of a file's name. */
export const FILE_ENDINGS: Readonly<Record<MediaType, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/x-hwp': 'hwp',
  'application/hwp+zip': 'hwpx'
}

/** What a file is by its content, whatever its name says; null: none of the kinds that are taken. */
export function mediaTypeOf(content: Uint8Array): MediaType | null {
  if (startsWith(content, '%PDF-')) return 'application/pdf'
  if (startsWith(content, '\xff\xd8\xff')) return 'image/jpeg'
  if (startsWith(content, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (startsWith(content, HWP_3) || (startsWith(content, COMPOUND_FILE) && holds(content, HWP_5))) {
    return 'application/x-hwp'
  }
  // The first entry of an HWPX package is `mimetype`, stored as it is.
  const isHwpx = startsWith(content, 'PK\x03\x04') && startsWith(content, HWPX_ENTRY, ZIP_NAME_AT)
  return isHwpx ? 'application/hwp+zip' : null
}

const HWP_3 = 'HWP Document File V3.00'
const COMPOUND_FILE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'
/** Begins the stream `FileHeader` of the compound file. */
const HWP_5 = 'HWP Document File'
const ZIP_NAME_AT = 30
const HWPX_ENTRY = 'mimetypeapplication/hwp+zip'

function startsWith(content: Uint8Array, latin1: string, at = 0): boolean {
  if (content.length < at + latin1.length) return false
  for (let index = 0; index < latin1.length; index += 1) {
    if (content[at + index] !== latin1.charCodeAt(index)) return false
  }
  return true
}

function holds(content: Uint8Array, latin1: string): boolean {
  const first = latin1.charCodeAt(0)
  for (let at = content.indexOf(first); at >= 0; at = content.indexOf(first, at + 1)) {
    if (startsWith(content, latin1, at)) return true
  }
  return false
}
