import './picture.css'
import { useState } from 'react'

interface PictureProps {
  src: string
  /** Width and height, in CSS pixels. */
  size: number
  alt: string
  /** What it is the picture of. */
  title: string
  lazy?: boolean
}

/** A picture that may not come: then the first letter of its title stands in its place, set as titles are. */
export function Picture({ src, size, alt, title, lazy = false }: PictureProps) {
  const [lost, setLost] = useState('')
  const place = { width: size, height: size }
  if (lost !== src) return <img src={src} {...place} alt={alt} loading={lazy ? 'lazy' : 'eager'} onError={() => setLost(src)} />
  const names = alt === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': alt }
  return (
    <span className={size > 60 ? 'nopicture large' : 'nopicture'} style={place} {...names}>
      {/[\p{L}\p{N}]\p{M}*/u.exec(title)?.[0].toUpperCase()}
    </span>
  )
}
