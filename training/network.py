"""The network: one encoder, and from its one pass the labels, the words that give offence and an embedding."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from training.labels import LABELS, SPAN_LABELS


class Network(nn.Module):
    """MiniLM with three heads.

    Given ids (batch, length) and a mask of the same shape it returns label logits (batch, LABELS), span logits
    (batch, length, SPAN_LABELS) and a unit embedding (batch, 384) for relevance.
    """

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            str(base),
            attn_implementation="eager",  # the fused kernel's backward pass is three times slower on a CPU
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,  # the noise on the text does its work, and drawing it costs a third of the time
            attention_probs_dropout_prob=0.0,
        )
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.labels = nn.Sequential(
            nn.Linear(3 * width, width), nn.GELU(), nn.Dropout(0.1), nn.Linear(width, len(LABELS))
        )
        self.spans = nn.Linear(width, len(SPAN_LABELS))
        self.embedding = nn.Linear(width, width)
        nn.init.eye_(self.embedding.weight)
        nn.init.zeros_(self.embedding.bias)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """See the class."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        there = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * there).sum(1) / there.sum(1)
        top = (hidden + (there - 1.0) * 1e4).max(1).values
        whole = torch.cat([hidden[:, 0], mean, top], dim=-1)
        vector = self.embedding(mean)
        unit = vector / vector.norm(dim=-1, keepdim=True)
        return self.labels(self.dropout(whole)), self.spans(hidden), unit
