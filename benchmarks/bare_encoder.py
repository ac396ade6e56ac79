"""The bare encoder: sentence-transformers as its README shows it, on the product's own weights.

A program of its own, because the product sets torch to one thread for its process.
``python -m benchmarks.bare_encoder TEXTS.json [BATCH]`` prints texts per second and the batch size,
by default the best of several on a sample.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer

from vectorstore import weights
from vectorstore.settings import StoreSettings, read_settings

BATCHES = (4, 8, 16, 32)
SAMPLE = 8  # every eighth text


def main() -> None:
    """Load, choose the batch size when none is given, encode everything once."""
    texts = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    settings = read_settings(StoreSettings)
    bf16 = torch.cpu.get_capabilities().get("avx512_bf16", False)
    model = SentenceTransformer(
        settings.embedding_model or str(weights.prepare(settings.model_cache)),
        device="cpu",
        model_kwargs={"dtype": torch.bfloat16 if bf16 else torch.float32},
    )
    model.encode(texts[:8], prompt_name="passage")
    batch = int(sys.argv[2]) if len(sys.argv) > 2 else _best(model, texts[::SAMPLE])
    rate = _rate(model, texts, batch)
    print(json.dumps({"rate": rate, "batch": batch}))


def _best(model: SentenceTransformer, texts: list[str]) -> int:
    return max(BATCHES, key=lambda batch: _rate(model, texts, batch))


def _rate(model: SentenceTransformer, texts: list[str], batch: int) -> float:
    began = time.perf_counter()
    model.encode(texts, batch_size=batch, prompt_name="passage", normalize_embeddings=True)
    return len(texts) / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
