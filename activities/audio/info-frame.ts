import { BYTES_PER_FRAME, SILENT_FRAME } from '../../shared/playlist.ts'

// Behind header (4 bytes) and side information of a mono frame (17).
const INFO_AT = 21
const LAME_AT = INFO_AT + 120
const DELAY_AT = LAME_AT + 21
const MUSIC_LENGTH_AT = LAME_AT + 28
const TAG_CRC_AT = LAME_AT + 34
const ENCODER_DELAY_SAMPLES = 576

/** Samples at the end that a gapless player drops; together with the delay exactly the one silent frame that assembly adds. */
export const END_PADDING_SAMPLES = 576

// CRC-16/ARC, as LAME writes it over everything in front of it.
function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  return crc
}

/**
 * The silent frame in front of a constant-rate stream that tells players its length, where to seek, and how many samples to drop at
 * either end so that sample 0 is sample 0. `frames` does not count this frame.
 */
export function infoFrame(frames: number): Buffer {
  const frame = Buffer.alloc(BYTES_PER_FRAME)
  frame.set(SILENT_FRAME.subarray(0, INFO_AT))
  frame.write('Info', INFO_AT, 'latin1')
  frame.writeUInt32BE(0xf, INFO_AT + 4)
  frame.writeUInt32BE(frames, INFO_AT + 8)
  frame.writeUInt32BE((frames + 1) * BYTES_PER_FRAME, INFO_AT + 12)
  for (let percent = 0; percent < 100; percent += 1) frame[INFO_AT + 16 + percent] = Math.floor((percent * 256) / 100)
  frame.write('LAME3.100', LAME_AT, 'latin1')
  frame[LAME_AT + 9] = 1
  frame[LAME_AT + 20] = 128
  frame.writeUIntBE((ENCODER_DELAY_SAMPLES << 12) | END_PADDING_SAMPLES, DELAY_AT, 3)
  frame.writeUInt32BE((frames + 1) * BYTES_PER_FRAME, MUSIC_LENGTH_AT)
  frame.writeUInt16BE(crc16(frame.subarray(0, TAG_CRC_AT)), TAG_CRC_AT)
  return frame
}
