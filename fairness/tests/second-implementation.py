"""
The rounds once more, in another language: follows fairness/README.md (sections 1 to 6) and shares no code with the
TypeScript. Standard library only.

Reads a JSON document from standard input:
    { "configs": { config_hash: config, ... },
      "draws": [ { "server_seed", "client_seed", "nonce", "bounds": [...], "values": [...] }, ... ],
      "receipts": [ receipt without its config, ... ] }
Prints how much was derived again and every disagreement (the first twenty) as JSON.
"""

import hashlib
import hmac
import json
import sys

TWO_32 = 2**32


class Stream:
    """Sections 1 and 2: words from two seeds and a nonce, whole numbers from words."""

    def __init__(self, server_seed, client_seed, nonce):
        self.key = bytes.fromhex(server_seed)
        self.prefix = f"{client_seed}:{nonce}:"
        self.block = 0
        self.words = []
        self.drawn = []

    def word(self):
        if not self.words:
            message = (self.prefix + str(self.block)).encode("ascii")
            digest = hmac.digest(self.key, message, "sha256")
            self.words = [int.from_bytes(digest[at : at + 4], "big") for at in range(0, 32, 4)]
            self.block += 1
        return self.words.pop(0)

    def below(self, bound):
        limit = TWO_32 - TWO_32 % bound
        word = self.word()
        while word >= limit:
            word = self.word()
        self.drawn.append({"bound": bound, "value": word % bound})
        return word % bound

    def row(self, total, rows):
        """A table: rows are pairs of weight and whatever the row stands for."""
        ticket = self.below(total)
        for weight, value in rows:
            if ticket < weight:
                return value
            ticket -= weight
        raise ValueError("a ticket nobody owns")


def spin(config, receipt, stream):
    """Section 3."""
    table = [(symbol["weight"], symbol) for symbol in config["reel"]["rows"]]
    reels = [stream.row(config["reel"]["totalWeight"], table) for _ in range(3)]
    lowest, highest = config["variation"]["fromPermille"], config["variation"]["toPermille"]
    variation = lowest + stream.below(highest - lowest + 1)
    first, second, third = (symbol["id"] for symbol in reels)
    if first == second == third:
        combination, symbol, pay = "triple", second, reels[1]["triplePaysHundredths"]
    elif first == second or second == third:
        combination, symbol, pay = "adjacent_pair", second, reels[1]["pairPaysHundredths"]
    else:
        combination, symbol, pay = "none", None, 0
    streak = receipt["state_before"]["streak"]
    bonus = min(config["streak"]["bonusPerStepPercent"] * streak, config["streak"]["capPercent"])
    return {
        "win": receipt["stake"] * pay * (100 + bonus) * variation // 10_000_000,
        "state_after": {"streak": streak + 1},
        "outcome": {
            "reels": [first, second, third],
            "combination": combination,
            "symbol": symbol,
            "pay_hundredths": pay,
            "streak_bonus_percent": bonus,
            "variation_permille": variation,
            "is_jackpot": combination == "triple" and symbol == config["jackpotSymbol"],
        },
    }


GRANTED_AS = {"near_miss_epic": "rare", "near_miss_legendary": "epic"}


def pull(config, state, stock, stream):
    """Section 4, one pull. Changes state and stock."""
    chance, damping = config["chancePpm"], config["damping"]

    def damped(rarity):
        recent = state["since_" + rarity] < damping["withinPulls"]
        return chance[rarity] * damping["keepPermille"] // 1000 if recent else chance[rarity]

    near_misses = chance["near_miss_epic"] + chance["near_miss_legendary"]
    raised = near_misses
    for line in config["nearMiss"]["raises"]:
        if state["misses"] > line["aboveMisses"]:
            raised = near_misses + line["addPpm"]
    weights = [
        (damped("legendary"), "legendary"),
        (damped("epic"), "epic"),
        (chance["rare"], "rare"),
        (raised, "near_miss"),
    ]
    weights.append((1_000_000 - sum(weight for weight, _ in weights), "common"))
    drawn = stream.row(1_000_000, weights)
    if drawn == "near_miss":
        is_epic = stream.below(near_misses) < chance["near_miss_epic"]
        drawn = "near_miss_epic" if is_epic else "near_miss_legendary"

    granted = GRANTED_AS.get(drawn, drawn)
    by_pity = state["misses"] >= config["pity"]["afterMisses"] and granted in ("rare", "common")
    if by_pity:
        granted = "epic"

    rows = config["prizes"][granted]["rows"]
    named = stream.row(config["prizes"][granted]["totalWeight"], [(row["weight"], at) for at, row in enumerate(rows)])
    item = next(
        row
        for row in rows[named:] + rows[:named]
        if row["stock"] is None or stock[row["id"]] > 0
    )
    if item["stock"] is not None:
        stock[item["id"]] -= 1

    if by_pity:
        animation = "pity"
    elif drawn.startswith("near_miss"):
        animation = "near_miss"
    else:
        animation = granted if granted in ("legendary", "epic") else "normal"

    state["misses"] = 0 if granted in ("legendary", "epic") else state["misses"] + 1
    for rarity in ("epic", "legendary"):
        counter = "since_" + rarity
        state[counter] = 0 if granted == rarity else min(state[counter] + 1, damping["withinPulls"])
    return {"drawn": drawn, "granted": granted, "by_pity": by_pity, "item": item["id"], "animation": animation}


def pulls(config, receipt, stream):
    state = dict(receipt["state_before"])
    stock = {each["item"]: each["left"] for each in receipt["stock_before"]}
    count = 1 if receipt["stake"] == config["priceTokens"]["one"] else 10
    outcome = {"pulls": [pull(config, state, stock, stream) for _ in range(count)]}
    return {"win": 0, "state_after": state, "outcome": outcome}


def document_hash(document):
    """Section 5. Python's escapes are those of JSON.stringify, once text beyond ASCII is left alone."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def main():
    given = json.load(sys.stdin)
    disagreements = []
    derived = {"configs": 0, "draws": 0, "receipts": 0}

    def compare(where, ours, theirs):
        if ours != theirs:
            disagreements.append({"where": where, "second_implementation": ours, "found": theirs})

    for name, config in given["configs"].items():
        compare("config", document_hash(config), name)
        derived["configs"] += 1

    for at, each in enumerate(given["draws"]):
        stream = Stream(each["server_seed"], each["client_seed"], each["nonce"])
        compare(f"draws {at}", [stream.below(bound) for bound in each["bounds"]], each["values"])
        derived["draws"] += len(each["bounds"])

    for at, receipt in enumerate(given["receipts"]):
        config = given["configs"][receipt["config_hash"]]
        stream = Stream(receipt["server_seed"], receipt["client_seed"], receipt["nonce"])
        ours = (spin if receipt["game"] == "slot" else pulls)(config, receipt, stream)
        ours["draws"] = stream.drawn
        ours["commitment"] = hashlib.sha256(bytes.fromhex(receipt["server_seed"])).hexdigest()
        unhashed = ("receipt_hash", "server_seed", "config")
        ours["receipt_hash"] = document_hash({key: value for key, value in receipt.items() if key not in unhashed})
        for field, value in ours.items():
            compare(f"receipt {at} {field}", value, receipt[field])
        derived["draws"] += len(stream.drawn)
        derived["receipts"] += 1

    json.dump({"derived": derived, "disagreements": disagreements[:20], "disagreed": len(disagreements)}, sys.stdout)


main()
