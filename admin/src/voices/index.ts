import type { ResourceProps } from 'react-admin'
import type { AdminVoice } from '../records.ts'
import { VoiceList } from './VoiceList.tsx'

export const voices: ResourceProps = {
  name: 'voices',
  list: VoiceList,
  recordRepresentation: (voice: AdminVoice) => voice.name,
}
