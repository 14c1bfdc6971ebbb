// The light build has the same face without alternate audio, subtitles and DRM; its package gives no types for it.
declare module 'hls.js/light' {
  export { default } from 'hls.js'
}
