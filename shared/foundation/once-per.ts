/**
 * What a pure function makes of an object that never changes, made once for each such object and then the same one again:
 * for what is derived from a policy register, which thousands of cases are held against.
 */
export function oncePer<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}
