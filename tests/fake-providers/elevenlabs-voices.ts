const named = (voice_id: string, name: string, gender: string) => ({
  voice_id,
  name,
  category: 'premade',
  labels: { gender, use_case: 'conversational' },
  preview_url: null,
  available_for_tiers: [],
  high_quality_base_model_ids: ['eleven_multilingual_v2', 'eleven_v3', 'eleven_flash_v2_5'],
})

/** The voices every ElevenLabs account has, under their true ids. */
export const elevenLabsVoices = [
  named('EXAVITQu4vr4xnSDxMaL', 'Sarah', 'female'),
  named('JBFqnCBsd6RMkjVDRZzb', 'George', 'male'),
  named('XrExE9yKIg1WjnnlVkGX', 'Matilda', 'female'),
  named('nPczCjzI2devNBz1zQrb', 'Brian', 'male'),
  named('Xb7hH8MSUJpSbSDYk0k2', 'Alice', 'female'),
  named('onwK4e9ZLuTAKqWW03F9', 'Daniel', 'male'),
  named('pFZP5JQG7iQjIQuC4Bku', 'Lily', 'female'),
  named('cjVigY5qzO86Huf0OWal', 'Eric', 'male'),
]
