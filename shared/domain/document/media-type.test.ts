import { expect, test } from 'vitest'
import { mediaTypeOf } from './media-type.ts'

const bytes = (...parts: string[]): Uint8Array => Buffer.from(parts.join(''), 'latin1')

test.each([
  ['application/pdf', bytes('%PDF-1.7\n…')],
  ['image/jpeg', bytes('\xff\xd8\xff\xe0\x00\x10JFIF')],
  ['image/png', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
  ['application/x-hwp', bytes('HWP Document File V3.00 \x1a')],
  ['application/x-hwp', bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', '\0'.repeat(3000), 'HWP Document File\0')],
  ['application/hwp+zip', bytes('PK\x03\x04', '\0'.repeat(26), 'mimetypeapplication/hwp+zip')]
])('%s is known by its content', (type, content) => {
  expect(mediaTypeOf(content)).toBe(type)
})

test.each([
  ['nothing', bytes()],
  ['a program', bytes('MZ\x90\0')],
  ['a page that calls itself a picture', bytes('<html><script>')],
  ['an old Word file', bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', '\0'.repeat(2000), 'WordDocument')],
  ['another package', bytes('PK\x03\x04', '\0'.repeat(26), '[Content_Types].xml')],
  ['a text that speaks of a PDF', bytes(' %PDF-1.7')],
  ['a cut beginning', bytes('%PD')]
])('%s is not taken', (_what, content) => {
  expect(mediaTypeOf(content)).toBeNull()
})
