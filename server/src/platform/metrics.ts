import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof openMetrics>

/** The figures of one process, in Prometheus' words: base units, `_total` for counters, no ids in labels. */
export function openMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  // These three break Prometheus' own naming rules (promtool check metrics).
  for (const name of ['nodejs_active_handles', 'nodejs_active_requests', 'nodejs_active_resources'])
    for (const each of [name, `${name}_total`]) registry.removeSingleMetric(each)
  const registers = [registry]
  return {
    registry,
    requests: new Histogram({
      name: 'casino_http_request_duration_seconds',
      help: 'Time from the request line to the end of the reply.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    rounds: new Counter({
      name: 'casino_rounds_total',
      help: 'Play commands by game and answer.',
      labelNames: ['game', 'answer'],
      registers,
    }),
    staked: new Counter({
      name: 'casino_staked_tokens_total',
      help: 'Tokens staked.',
      labelNames: ['game'],
      registers,
    }),
    paid: new Counter({ name: 'casino_paid_tokens_total', help: 'Tokens paid out.', labelNames: ['game'], registers }),
    batchSize: new Histogram({
      name: 'casino_round_batch_size',
      help: 'Rounds committed together.',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
      registers,
    }),
    roundsByMemory: new Counter({
      name: 'casino_rounds_by_memory_total',
      help: 'Rounds decided on what was remembered of their players, without a look.',
      registers,
    }),
    batchesRedone: new Counter({
      name: 'casino_round_batches_redone_total',
      help: 'Batches decided on what was no longer so, and decided again on a look.',
      registers,
    }),
    ledgerImbalance: new Gauge({
      name: 'casino_ledger_differences',
      help: 'Differences the last audit found. Anything but 0 is an alarm.',
      registers,
    }),
    outboxAge: new Gauge({
      name: 'casino_outbox_oldest_pending_seconds',
      help: 'Age of the oldest event that no reaction has finished.',
      registers,
    }),
    deadLetters: new Gauge({ name: 'casino_outbox_dead_letters', help: 'Deliveries given up.', registers }),
  }
}
