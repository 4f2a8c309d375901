/**
 * Posting lists in memory while many cases come in, in rising order: one slot a term in a hash table, and per term a
 * chain of slices in one pool of bytes, gaps at 7 bits a byte. A million cases take some 110 MB.
 */

const SLAB_BITS = 22
const SLAB_BYTES = 1 << SLAB_BITS
const FIRST_SLICE = 16
const LARGEST_SLICE = 1024
/** At the end of a slice: the address of the next. */
const LINK_BYTES = 4
/** Most bytes of one gap: 28 bits. */
const MOST_GAP_BYTES = 4

/** A slot has eight words, one cache line with its neighbour: the term as a double in the first two, then these. */
const [HEAD, TAIL, TAIL_END, LAST, COUNT, SIZE, SLOT_WORDS] = [2, 3, 4, 5, 6, 7, 8]
const FIRST_SLOTS = 1 << 16

interface Table {
  readonly terms: Float64Array
  readonly words: Uint32Array
  readonly mask: number
}

export class PostingAccumulator {
  private table = createTable(FIRST_SLOTS)
  private count = 0
  private slabs: DataView[] = []
  private used = SLAB_BYTES

  /** Bytes held. */
  get bytes(): number {
    return this.slabs.length * SLAB_BYTES + this.table.words.byteLength
  }

  /** Puts a case under a term. Case numbers must not fall; the same one twice counts once. */
  add(term: number, no: number): void {
    const slot = this.slotOf(term)
    const { words } = this.table
    const last = words[slot + LAST] ?? 0
    if (last === no) return
    words[slot + LAST] = no
    words[slot + COUNT] = (words[slot + COUNT] ?? 0) + 1
    const address = this.roomFor(slot)
    const slab = this.slabs[address >>> SLAB_BITS]
    if (slab === undefined) throw new Error('a posting list points outside its pool')
    const from = address & (SLAB_BYTES - 1)
    let at = from
    let gap = no - last
    for (; gap >= 128; gap >>>= 7) slab.setUint8(at++, (gap & 127) | 128)
    slab.setUint8(at++, gap)
    words[slot + TAIL] = address + at - from
  }

  /** Every list in the order of its term. Empty after the last; nothing may be added before. */
  *drain(): Generator<readonly [term: number, nos: Uint32Array]> {
    const terms = new Float64Array(this.count)
    let count = 0
    for (let at = 0; at <= this.table.mask; at++) {
      const term = this.table.terms[at * (SLOT_WORDS / 2)] ?? 0
      if (term !== 0) terms[count++] = term
    }
    for (const term of terms.sort()) yield [term, this.read(this.slotOf(term))]
    this.clear()
  }

  clear(): void {
    this.table = createTable(FIRST_SLOTS)
    this.slabs = []
    this.used = SLAB_BYTES
    this.count = 0
  }

  private read(slot: number): Uint32Array {
    const { words } = this.table
    const nos = new Uint32Array(words[slot + COUNT] ?? 0)
    let address = words[slot + HEAD] ?? 0
    let size = FIRST_SLICE
    let end = address + size - LINK_BYTES
    let no = 0
    for (let index = 0; index < nos.length; index++) {
      if (end - address < MOST_GAP_BYTES) {
        address = this.slabAt(end).getUint32(end & (SLAB_BYTES - 1))
        size = Math.min(LARGEST_SLICE, size * 2)
        end = address + size - LINK_BYTES
      }
      const slab = this.slabAt(address)
      let byte = 128
      for (let shift = 0; byte >= 128; shift += 7) {
        byte = slab.getUint8(address & (SLAB_BYTES - 1))
        no += (byte & 127) << shift
        address += 1
      }
      nos[index] = no
    }
    return nos
  }

  private slabAt(address: number): DataView {
    const slab = this.slabs[address >>> SLAB_BITS]
    if (slab === undefined) throw new Error('a posting list points outside its pool')
    return slab
  }

  /** Where the next gap goes: in the last slice, or in a new one twice as long. */
  private roomFor(slot: number): number {
    const { words } = this.table
    const tail = words[slot + TAIL] ?? 0
    const end = words[slot + TAIL_END] ?? 0
    if (end - tail >= MOST_GAP_BYTES) return tail
    const isFirst = end === 0
    const size = isFirst ? FIRST_SLICE : Math.min(LARGEST_SLICE, (words[slot + SIZE] ?? 0) * 2)
    const address = this.slice(size)
    if (isFirst) words[slot + HEAD] = address
    else this.slabAt(end).setUint32(end & (SLAB_BYTES - 1), address)
    words[slot + TAIL_END] = address + size - LINK_BYTES
    words[slot + SIZE] = size
    return address
  }

  private slice(size: number): number {
    if (this.used + size > SLAB_BYTES) {
      this.slabs.push(new DataView(new ArrayBuffer(SLAB_BYTES)))
      this.used = 0
    }
    const address = (this.slabs.length - 1) * SLAB_BYTES + this.used
    this.used += size
    return address
  }

  /** Index of the term's first word; a new term gets a slot. */
  private slotOf(term: number): number {
    const { terms, mask } = this.table
    let at = hashOf(term) & mask
    for (; ; at = (at + 1) & mask) {
      const held = terms[at * (SLOT_WORDS / 2)]
      if (held === term) return at * SLOT_WORDS
      if (held === 0) break
    }
    if ((this.count + 1) * 2 > mask) {
      this.table = enlarged(this.table)
      return this.slotOf(term)
    }
    terms[at * (SLOT_WORDS / 2)] = term
    this.count += 1
    return at * SLOT_WORDS
  }
}

function createTable(slots: number): Table {
  const words = new Uint32Array(slots * SLOT_WORDS)
  return { terms: new Float64Array(words.buffer), words, mask: slots - 1 }
}

function enlarged({ terms, words, mask }: Table): Table {
  const larger = createTable((mask + 1) * 2)
  for (let from = 0; from <= mask; from++) {
    const term = terms[from * (SLOT_WORDS / 2)] ?? 0
    if (term === 0) continue
    let at = hashOf(term) & larger.mask
    while (larger.terms[at * (SLOT_WORDS / 2)] !== 0) at = (at + 1) & larger.mask
    larger.words.set(words.subarray(from * SLOT_WORDS, (from + 1) * SLOT_WORDS), at * SLOT_WORDS)
  }
  return larger
}

/** A term is a hash already, but neighbours share all but the lowest bits. */
const hashOf = (term: number): number => (Math.floor(term / 32) ^ Math.imul(term % 32, 0x9e3779b1)) >>> 0
