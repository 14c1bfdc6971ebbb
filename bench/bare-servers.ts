// What the API is held against: Express 5 and node:http by themselves, answering the bytes they are given. Told by two ports and, on standard input, the answer.
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import express from 'express'

const [expressPort, httpPort] = process.argv.slice(2).map(Number)
const body = await text(process.stdin)
const answer: unknown = JSON.parse(body)

const app = express()
app.get('/api/episodes/:id', (_req, res) => void res.json(answer))
app.listen(expressPort!, '127.0.0.1')

const bare = createServer((_req, res) => {
  const json = JSON.stringify(answer)
  res.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(json) }).end(json)
})
bare.listen(httpPort, '127.0.0.1', () => console.log('bare servers are open'))
