import type { PublishedConfig } from '#modules/odds/read-configs.ts'

const objects = new Map<string, object>()

/** One object per configuration, whose distributions are then computed once in the life of this process. */
export function sameObject({ hash, config }: Pick<PublishedConfig, 'hash' | 'config'>): object {
  const known = objects.get(hash) ?? config
  objects.set(hash, known)
  return known
}
