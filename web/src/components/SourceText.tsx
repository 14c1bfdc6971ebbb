import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import type { ClipboardEvent, KeyboardEvent } from 'react'
import { droppedFiles } from '../lib/dropped-files.ts'

interface SourceTextProps {
  value: string
  label: string
  placeholder: string
  lang?: string
  describedBy?: string
  autoFocus?: boolean
  onChange: (text: string) => void
  onSend?: () => void
  /** Files were dropped or pasted that are not plain text alone. */
  onFiles?: (files: File[]) => void
}

const plainText = /^text\/(plain|markdown)$|\.(txt|md)$/i
const mostBytes = 2_000_000

/** Nothing, another encoding, or no text at all: whoever reads every kind of file can say which. */
const isDoubtful = (text: string) => text.trim() === '' || text.includes('\uFFFD') || text.includes('\0')

/** The box one puts words into. It grows with them; files and folders may be dropped, anywhere on its page; small plain texts become words. */
export function SourceText(props: SourceTextProps) {
  const { value, onChange, onSend, onFiles: onOtherFiles, autoFocus } = props
  const box = useRef<HTMLTextAreaElement>(null)

  useLayoutEffect(() => {
    if (autoFocus) box.current?.focus()
  }, [autoFocus])
  useLayoutEffect(() => {
    if (!box.current || CSS.supports('field-sizing', 'content')) return
    box.current.style.height = 'auto'
    box.current.style.height = `${box.current.scrollHeight}px`
  }, [value])

  const take = async (files: File[]) => {
    if (files.length === 0) return
    const readable = files.every((file) => file.size <= mostBytes && (plainText.test(file.type) || plainText.test(file.name)))
    const texts = readable ? await Promise.all(files.map((file) => file.text())) : []
    if (!readable || texts.some(isDoubtful)) return onOtherFiles?.(files)
    onChange([value, ...texts].filter((text) => text.trim() !== '').join('\n\n'))
  }
  const onDrop = useEffectEvent((event: DragEvent) => {
    if (!event.dataTransfer || event.dataTransfer.files.length === 0) return
    event.preventDefault()
    // A folder that cannot be read is as good as none.
    void droppedFiles(event.dataTransfer).then(take, () => {})
  })
  // A hand misses the box; the browser would then leave the page to show the file.
  useEffect(() => {
    const drop = (event: DragEvent) => onDrop(event)
    addEventListener('dragover', welcomeFiles)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', welcomeFiles)
      removeEventListener('drop', drop)
    }
  }, [])
  const onPaste = (event: ClipboardEvent) => {
    // Programs that copy words often lay a picture of them beside: then it is the words that are meant.
    const { files, types } = event.clipboardData
    if (files.length === 0 || types.includes('text/plain')) return
    event.preventDefault()
    void take([...files])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) onSend?.()
  }
  return (
    <textarea
      ref={box}
      value={value}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      placeholder={props.placeholder}
      lang={props.lang}
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    />
  )
}

const welcomeFiles = (event: DragEvent) => {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
}
