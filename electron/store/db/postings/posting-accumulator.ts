/**
 * Posting lists in memory while many cases come in, in rising order: per term a chain of slices in one pool of bytes,
 * gaps at 7 bits a byte. 45 million postings of a million cases take some 80 MB.
 */

const SLAB_BITS = 22
const SLAB_BYTES = 1 << SLAB_BITS
const FIRST_SLICE = 16
const LARGEST_SLICE = 1024
/** At the end of a slice: the address of the next. */
const LINK_BYTES = 4
/** Most bytes of one gap: 28 bits. */
const MOST_GAP_BYTES = 4

export class PostingAccumulator {
  private keys = new Float64Array(1 << 16)
  private ids = new Int32Array(1 << 16)
  private count = 0
  private lists = new Uint32Array(6 << 15)
  private slabs: Uint8Array[] = []
  private used = SLAB_BYTES

  /** Bytes held. */
  get bytes(): number {
    return this.slabs.length * SLAB_BYTES + this.keys.byteLength + this.ids.byteLength + this.lists.byteLength
  }

  /** Puts a case under a term. Case numbers must not fall; the same one twice counts once. */
  add(term: number, no: number): void {
    const list = this.listOf(term) * FIELDS
    const lists = this.lists
    const last = lists[list + LAST] ?? 0
    if (last === no) return
    if (lists[list + TAIL_END] === 0) this.openList(list)
    lists[list + LAST] = no
    lists[list + COUNT] = (lists[list + COUNT] ?? 0) + 1
    let gap = no - last
    let at = this.roomFor(list)
    const slab = this.slabs[at >>> SLAB_BITS]
    if (slab === undefined) throw new Error('a posting list points outside its pool')
    const base = at & ~(SLAB_BYTES - 1)
    at -= base
    for (; gap >= 128; gap >>>= 7) slab[at++] = (gap & 127) | 128
    slab[at++] = gap
    lists[list + TAIL] = base + at
  }

  /** Gives every list in the order of its term, and is empty after. */
  drain(take: (term: number, nos: Uint32Array) => void): void {
    const terms = this.keys.filter((key) => key !== 0).sort()
    for (const term of terms) take(term, this.read(this.listOf(term) * FIELDS))
    this.keys = new Float64Array(1 << 16)
    this.ids = new Int32Array(1 << 16)
    this.lists = new Uint32Array(FIELDS << 15)
    this.slabs = []
    this.used = SLAB_BYTES
    this.count = 0
  }

  private read(list: number): Uint32Array {
    const lists = this.lists
    const nos = new Uint32Array(lists[list + COUNT] ?? 0)
    let address = lists[list + HEAD] ?? 0
    let size = FIRST_SLICE
    let end = address + size - LINK_BYTES
    let no = 0
    for (let index = 0; index < nos.length; index++) {
      // A slice is left where no whole gap was sure to fit.
      if (end - address < MOST_GAP_BYTES) {
        address = this.linkAt(end)
        size = Math.min(LARGEST_SLICE, size * 2)
        end = address + size - LINK_BYTES
      }
      const slab = this.slabs[address >>> SLAB_BITS] ?? EMPTY
      let at = address & (SLAB_BYTES - 1)
      let gap = 0
      for (let shift = 0; ; shift += 7) {
        const byte = slab[at++] ?? 0
        gap |= (byte & 127) << shift
        if (byte < 128) break
      }
      address = (address & ~(SLAB_BYTES - 1)) + at
      no += gap
      nos[index] = no
    }
    return nos
  }

  private linkAt(address: number): number {
    const slab = this.slabs[address >>> SLAB_BITS] ?? EMPTY
    return new DataView(slab.buffer).getUint32(address & (SLAB_BYTES - 1))
  }

  private openList(list: number): void {
    const address = this.slice(FIRST_SLICE)
    this.lists[list + HEAD] = address
    this.lists[list + TAIL] = address
    this.lists[list + TAIL_END] = address + FIRST_SLICE - LINK_BYTES
    this.lists[list + SIZE] = FIRST_SLICE
  }

  /** Where the next gap goes: in the last slice, or in a new one twice as long. */
  private roomFor(list: number): number {
    const lists = this.lists
    const tail = lists[list + TAIL] ?? 0
    const end = lists[list + TAIL_END] ?? 0
    if (end - tail >= MOST_GAP_BYTES) return tail
    const size = Math.min(LARGEST_SLICE, (lists[list + SIZE] ?? FIRST_SLICE) * 2)
    const address = this.slice(size)
    const slab = this.slabs[end >>> SLAB_BITS] ?? EMPTY
    new DataView(slab.buffer).setUint32(end & (SLAB_BYTES - 1), address)
    lists[list + TAIL_END] = address + size - LINK_BYTES
    lists[list + SIZE] = size
    return address
  }

  private slice(size: number): number {
    if (this.used + size > SLAB_BYTES) {
      this.slabs.push(new Uint8Array(SLAB_BYTES))
      this.used = 0
    }
    const address = (this.slabs.length - 1) * SLAB_BYTES + this.used
    this.used += size
    return address
  }

  private listOf(term: number): number {
    const mask = this.keys.length - 1
    for (let at = slotOf(term) & mask; ; at = (at + 1) & mask) {
      const key = this.keys[at]
      if (key === term) return this.ids[at] ?? 0
      if (key !== 0) continue
      if ((this.count + 1) * 2 > this.keys.length) {
        this.grow()
        return this.listOf(term)
      }
      this.keys[at] = term
      this.ids[at] = this.count
      this.count += 1
      if (this.count * FIELDS > this.lists.length) this.lists = grown(this.lists)
      return this.count - 1
    }
  }

  private grow(): void {
    const { keys, ids } = this
    this.keys = new Float64Array(keys.length * 2)
    this.ids = new Int32Array(keys.length * 2)
    const mask = this.keys.length - 1
    for (let from = 0; from < keys.length; from++) {
      const term = keys[from] ?? 0
      if (term === 0) continue
      let at = slotOf(term) & mask
      while (this.keys[at] !== 0) at = (at + 1) & mask
      this.keys[at] = term
      this.ids[at] = ids[from] ?? 0
    }
  }
}

/** Numbers kept for each list. */
const [HEAD, TAIL, TAIL_END, LAST, COUNT, SIZE, FIELDS] = [0, 1, 2, 3, 4, 5, 6]

const EMPTY = new Uint8Array()

/** A term is a hash already; neighbours share all but the lowest bits. */
const slotOf = (term: number): number => (Math.floor(term / 32) ^ Math.imul(term % 32, 0x9e3779b1)) >>> 0

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2)
  larger.set(array)
  return larger
}
