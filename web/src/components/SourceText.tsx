import { useLayoutEffect, useRef } from 'react'
import type { ClipboardEvent, DragEvent, KeyboardEvent } from 'react'
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

/** The box one puts words into. It grows with them; files and folders may be dropped, small plain texts become words. */
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
    if (!readable) return onOtherFiles?.(files)
    const texts = await Promise.all(files.map((file) => file.text()))
    onChange([value, ...texts].filter((text) => text.trim() !== '').join('\n\n'))
  }
  const onDrop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    // A folder that cannot be read is as good as none.
    void droppedFiles(event.dataTransfer).then(take, () => {})
  }
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
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
      onPaste={onPaste}
    />
  )
}
