import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'

/** The floor for every start: Electron, a sandboxed window and React that draws one line. */
function Blank() {
  useEffect(() => {
    requestAnimationFrame(() => setTimeout(() => document.body.setAttribute('data-drawn', String(Date.now()))))
  }, [])
  return <p>만능키</p>
}

const root = document.getElementById('root')
if (root) createRoot(root).render(<Blank />)
