import type { GachaConfig, GachaItem } from './gacha.config.ts'

/** The gacha as shipped. Chances, near misses, damping and pity are the economy's figures; the prizes are neutral. */
export const defaultGacha: GachaConfig = {
  game: 'gacha',
  version: 'neon-market-1',
  chancePpm: {
    legendary: 2_000,
    epic: 25_000,
    rare: 150_000,
    near_miss_epic: 80_000,
    near_miss_legendary: 93_000,
    common: 650_000,
  },
  nearMiss: {
    raises: [
      { aboveMisses: 30, addPpm: 50_000 },
      { aboveMisses: 50, addPpm: 100_000 },
    ],
    atMostPpm: 300_000,
  },
  damping: { withinPulls: 10, keepPermille: 800 },
  pity: { afterMisses: 90 },
  priceTokens: { one: 50, ten: 450 },
  dailyPulls: { STANDARD: 200, PREMIUM: 400, VIP: 1_000 },
  prizes: {
    legendary: {
      totalWeight: 100,
      rows: [
        item('aurora-crown', '오로라 왕관', 'Aurora Crown', 50),
        item('koi-of-light', '빛의 잉어', 'Koi of Light', 35),
        item('first-dawn', '첫 새벽의 인장', 'Seal of the First Dawn', 15, 100),
      ],
    },
    epic: {
      totalWeight: 100,
      rows: [
        item('holo-wings', '홀로그램 날개', 'Hologram Wings', 30),
        item('prism-visor', '프리즘 바이저', 'Prism Visor', 30),
        item('night-train', '밤의 열차', 'Night Train', 25),
        item('crystal-moon', '수정 달', 'Crystal Moon', 15, 1_000),
      ],
    },
    rare: {
      totalWeight: 100,
      rows: [
        item('neon-umbrella', '네온 우산', 'Neon Umbrella', 25),
        item('paper-crane', '빛나는 종이학', 'Glowing Paper Crane', 25),
        item('rain-jacket', '빗방울 재킷', 'Raindrop Jacket', 25),
        item('city-lantern', '도시의 등불', 'City Lantern', 25),
      ],
    },
    common: {
      totalWeight: 100,
      rows: [
        item('glass-marble', '유리구슬', 'Glass Marble', 25),
        item('arcade-ticket', '오락실 표', 'Arcade Ticket', 25),
        item('star-sticker', '별 스티커', 'Star Sticker', 20),
        item('soda-cap', '소다 뚜껑', 'Soda Cap', 15),
        item('blue-ribbon', '푸른 리본', 'Blue Ribbon', 15),
      ],
    },
  },
  duplicateTokens: { legendary: 500, epic: 60, rare: 15, common: 5 },
}

function item(id: string, ko: string, en: string, weight: number, stock: number | null = null): GachaItem {
  return { id, name: { ko, en }, weight, stock }
}
