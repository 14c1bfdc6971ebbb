/** The files of a drop, those within folders too. Hidden ones, which systems leave in folders, are no sources. */
export async function droppedFiles(data: DataTransfer): Promise<File[]> {
  // Taken before the first wait: when the event is over the list is empty.
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const files = entries.length > 0 ? (await Promise.all(entries.map(filesOf))).flat() : [...data.files]
  return files.filter(({ name }) => !name.startsWith('.'))
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))]
  if (!isFolder(entry)) return []
  const reader = entry.createReader()
  const inside: FileSystemEntry[] = []
  // A folder is told in parts, until an empty one.
  for (let part = await read(reader); part.length > 0; part = await read(reader)) inside.push(...part)
  return (await Promise.all(inside.map(filesOf))).flat()
}

const read = (reader: FileSystemDirectoryReader) =>
  new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
