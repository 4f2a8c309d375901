/**
 * Whether two URLs have scheme, host and port in common. Not by `URL.origin`: Node gives that as `null` for every scheme
 * that the web does not know, so that `app://desk`, `file:` and `data:` would be one origin.
 */
export function isOfOrigin(own: string, url: string): boolean {
  if (!URL.canParse(url)) return false
  const [one, other] = [new URL(own), new URL(url)]
  return one.protocol === other.protocol && one.host === other.host
}
