"""What the model's outputs are called, in the order in which it gives them."""

from __future__ import annotations

LABELS = (
    "toxicity",
    "severe_toxicity",
    "profanity",
    "threat",
    "insult",
    "sexual",
    "identity_attack",
    "sexism",
    "racism",
    "homophobia",
    "xenophobia",
    "promotion",
)
"""One probability each for the whole comment. `identity_attack` is abuse of any kind, the four after it kinds of it."""

SPAN_LABELS = ("insult", "profanity", "identity_attack", "threat", "other")
"""One probability each for every token: is it part of the words that give offence, and of which kind."""

ABUSE_KINDS = ("sexism", "racism", "homophobia", "xenophobia")

GUIDELINE_LABELS = {
    "profanity": "profanity",
    "threats": "threat",
    "personal_attacks": "insult",
    "vulgarity": "sexual",
    "sexism": "sexism",
    "racism": "racism",
    "homophobia": "homophobia",
    "xenophobia": "xenophobia",
    "abuse": "identity_attack",
    "promotion": "promotion",
}
"""The label that answers for each guideline; relevance is answered from the embedding."""
