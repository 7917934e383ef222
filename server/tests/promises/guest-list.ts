import type { Guard } from '#platform/route/endpoint.ts'
import type { Operation } from './door.ts'

/**
 * Every route with its guard, written down a second time: a new route is a decision about who may come in.
 * A route that is missing here fails the build (mission B8).
 */
export const GUEST_LIST: Readonly<Record<Operation, Guard>> = {
  'GET /health': 'nobody',
  'GET /health/live': 'nobody',
  'GET /health/ready': 'nobody',
  'GET /metrics': 'nobody',

  'POST /api/invite/validate': 'nobody',
  'POST /api/auth/signup': 'nobody',
  'POST /api/auth/login': 'nobody',
  'POST /api/auth/refresh': 'nobody',
  'POST /api/auth/logout': 'player',
  'POST /api/auth/logout-all': 'player',
  'GET /api/auth/sessions': 'player',
  'DELETE /api/auth/sessions/{session_id}': 'player',
  'GET /sse/live': 'player',
  'GET /api/auth/me': 'player',
  'PATCH /api/auth/password': 'player',
  'POST /api/identity/verify': 'player',
  'GET /api/users/profile': 'player',
  'GET /api/users/stats': 'player',
  'GET /api/users/{user_id}': 'player',
  'GET /api/rbac/premium': 'premium',
  'GET /api/rbac/vip': 'vip',

  'GET /api/wallet': 'player',
  'GET /api/wallet/entries': 'player',
  'GET /api/games/rounds': 'player',
  'GET /api/games/rounds/{round_id}': 'player',
  'GET /api/games/sessions': 'player',
  'GET /api/fairness/log': 'nobody',
  'GET /api/fairness/status': 'nobody',
  'GET /api/fairness/seed': 'player',
  'POST /api/fairness/rotate': 'player',
  'GET /api/fairness/rounds/{round_id}': 'player',
  'GET /api/fairness/receipts': 'player',
  'POST /api/games/gacha/pull': 'player',
  'GET /api/games/gacha/config': 'nobody',
  'GET /api/games/gacha/stats': 'player',
  'GET /api/games/gacha/winners': 'player',
  'GET /api/games/gacha/history': 'player',
  'GET /api/inventory': 'player',
  'GET /api/games/slot/config': 'nobody',
  'GET /api/games/slot/state': 'player',
  'POST /api/games/slot/spin': 'player',
  'POST /api/actions/SLOT_SPIN': 'player',

  'POST /api/auth/admin/bootstrap': 'nobody',
  'POST /api/auth/admin/login': 'nobody',
  'POST /api/auth/admin/refresh': 'nobody',
  'POST /api/auth/admin/totp': 'enrolling',
  'POST /api/auth/admin/logout': 'enrolling',
  'GET /api/auth/admin/me': 'enrolling',
  'GET /api/admin/audit': 'operator',
  'GET /api/admin/invites': 'operator',
  'POST /api/admin/invites': 'operator',
  'POST /api/admin/invites/{invite_id}/disable': 'operator',
}
