import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { ask, PASSWORD } from '#tests/at-the-door.ts'
import { handClock, openTestHouse } from '#tests/house.ts'
import { makeBootstrapSecret } from './make-bootstrap-secret.ts'

const clock = handClock()
const house = await openTestHouse({ clock })
const secondProcess = await openTestHouse({ connectionString: house.connectionString, clock })
const houses = [house, secondProcess]
const either = (at: number) => houses[at % 2] ?? house

test('twenty use the one-time secret at once, in two processes: one operator (lockBootstrapSecret)', async () => {
  const secret = await makeBootstrapSecret(house.app)
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      ask(either(at), 'POST', '/api/auth/admin/bootstrap', {
        body: { secret, site_id: `office_${at}`, password: PASSWORD },
      }),
    ),
  )
  const made = replies.filter(({ status }) => status === 201)
  expect(made).toHaveLength(1)
  expect(replies.filter(({ body }) => body.code === 'operators.bootstrap_refused')).toHaveLength(19)
  const { rows } = await house.app.pool.query('select count(*)::int as operators from operators_operator')
  expect(rows).toEqual([{ operators: 1 }])

  // And that one logs in twenty times at once with one code: one login (lockOperator).
  const [{ body }] = made as [(typeof made)[number]]
  const totp = new TOTP({ secret: Secret.fromBase32(body.enrolment.totp_secret) })
  const token = body.access_token
  const now = clock.now().getTime()
  const otp = totp.generate({ timestamp: now - 30_000 })
  expect((await ask(house, 'POST', '/api/auth/admin/totp', { token, body: { otp } })).status).toBe(200)
  const { site_id } = (body as unknown as { operator: { site_id: string } }).operator
  const next = totp.generate({ timestamp: now })
  const logins = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      ask(either(at), 'POST', '/api/auth/admin/login', {
        body: { site_id, password: PASSWORD, otp: next },
        from: `203.0.113.${at}`,
      }),
    ),
  )
  expect(logins.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(logins.filter(({ status }) => status === 401)).toHaveLength(19)
})
