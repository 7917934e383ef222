import { Agent, request } from 'node:http'
import { asJson, type Json } from '#tests/crash/json.ts'

/** What came back, or why nothing did. */
export type Reply = { readonly status: number; readonly body: Json } | { readonly lost: string }

export type HttpAsk = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly token?: string
  readonly idempotencyKey?: string
  readonly body?: Json
  /** Cuts the connection when so many milliseconds have passed without an answer. */
  readonly hangUpAfterMs?: number
}

const PATIENCE_MS = 8_000
const agent = new Agent({ keepAlive: true, maxSockets: 512 })

/** Never throws: a connection that breaks is an answer, too. */
export function ask(port: number, asked: HttpAsk): Promise<Reply> {
  return new Promise((settle) => {
    const body = asked.body === undefined ? undefined : JSON.stringify(asked.body)
    const sent = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        method: asked.method,
        path: asked.path,
        headers: {
          'accept-language': 'en',
          ...(asked.token === undefined ? {} : { authorization: `Bearer ${asked.token}` }),
          ...(asked.idempotencyKey === undefined ? {} : { 'idempotency-key': asked.idempotencyKey }),
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        },
      },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', (error) => settle({ lost: error.message }))
        answer.on('end', () => {
          if (!answer.complete) return settle({ lost: 'half an answer' })
          const text = Buffer.concat(parts).toString()
          try {
            settle({ status: answer.statusCode ?? 0, body: text === '' ? {} : asJson(JSON.parse(text)) })
          } catch {
            settle({ status: answer.statusCode ?? 0, body: { not_json: text.slice(0, 200) } })
          }
        })
      },
    )
    const patience = asked.hangUpAfterMs ?? PATIENCE_MS
    const hangUp = setTimeout(() => sent.destroy(new Error(`no answer within ${patience} ms`)), patience)
    sent.on('error', (error) => settle({ lost: error.message }))
    sent.on('close', () => {
      clearTimeout(hangUp)
      settle({ lost: 'the connection was closed' })
    })
    sent.end(body)
  })
}
