import type { MediaType } from '#shared/domain/document/media-type.ts'

/** The kinds of files by the names that people know. */
export const FILE_KINDS: Readonly<Record<MediaType, string>> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'application/x-hwp': 'HWP',
  'application/hwp+zip': 'HWPX'
}
