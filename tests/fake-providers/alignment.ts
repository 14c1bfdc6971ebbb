/** When each character is said, as ElevenLabs tells it: evenly spread here. */
export function alignmentOf(text: string, seconds: number) {
  const characters = [...text]
  const at = (index: number) => Math.round((1000 * seconds * index) / characters.length) / 1000
  return {
    characters,
    character_start_times_seconds: characters.map((_, index) => at(index)),
    character_end_times_seconds: characters.map((_, index) => at(index + 1)),
  }
}
