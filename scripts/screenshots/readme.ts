/** The pictures in README.md, by shot and look: small enough for a page that is opened often. */
export const readmePictures = [
  { shot: 'episode-voicing', look: '1440-zh-light', file: 'docs/episode.webp' },
  { shot: 'episode-playing', look: '390-zh-light', file: 'docs/phone.webp' },
  { shot: 'library', look: '1440-zh-dark', file: 'docs/library.webp' },
] as const
