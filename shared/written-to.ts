import { Writable } from 'node:stream'

/**
 * Passes a stream of bytes on to `to`, one piece at a time, and gives the memory of each back as soon as it has left: pieces read from the network would
 * wait for the collector, up to 64 MB of them whatever is sent. Nobody may look at a piece afterwards.
 */
export function writtenTo(to: Writable): Writable {
  return new Writable({
    write(piece: Buffer, _encoding, done) {
      to.write(piece, (error) => {
        giveBack(piece)
        done(error)
      })
    },
    final: (done) => void to.end(done),
    destroy(error, done) {
      if (error) to.destroy(error)
      done(error)
    },
  })
}

/** Small ones share their memory with others. */
function giveBack({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
