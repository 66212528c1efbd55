"""Documents kept by content come back exactly, or not at all."""

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausecheck.batch.documents import DocumentCache, dumps, loads, renamed
from clausecheck.document import Anchor, Block, Coverage, Document, PageLocator, ParagraphLocator, Problem, Source, TextSpan
from clausecheck.readers import read_path
from clausecheck.vocabulary import BlockKind, Language, Layer

SAMPLES = sorted(p for p in (Path(__file__).parents[2] / "samples").glob("*/*") if p.suffix in {".docx", ".odt", ".pdf"})

counts = st.integers(0, 10_000)
maybe = st.none() | counts
floats = st.floats(allow_nan=False)
texts = st.text(st.characters(exclude_categories=["Cs"]))
spans = st.tuples(counts, counts).map(lambda pair: TextSpan(min(pair), max(pair)))
pages = st.builds(PageLocator, counts, st.none() | st.tuples(floats, floats, floats, floats), st.none() | floats)
paragraphs = st.builds(ParagraphLocator, texts, counts, maybe, counts)
blocks = st.builds(
    Block,
    st.sampled_from(BlockKind),
    spans,
    maybe,
    st.none() | texts,
    maybe,
    st.sampled_from(Layer),
    st.none() | st.sampled_from(Language),
    st.none() | texts,
)
documents = st.builds(
    Document,
    st.builds(Source, texts, texts, texts, counts),
    texts,
    st.lists(blocks, max_size=3).map(tuple),
    st.lists(st.builds(Anchor, spans, pages | paragraphs), max_size=3).map(tuple),
    st.builds(Coverage, counts, counts, st.lists(counts, max_size=3).map(tuple), st.none() | floats),
    st.sampled_from(Language),
    st.lists(st.builds(Problem, texts, texts, st.none() | texts), max_size=2).map(tuple),
    st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
)


@given(st.lists(documents, max_size=2))
def test_any_document_comes_back_exactly(given: list[Document]) -> None:
    back = loads(dumps(given))
    assert back == tuple(given)
    assert [repr(d) for d in back] == [repr(d) for d in given]  # equality alone takes 1 for 1.0
    assert [d._starts for d in back] == [d._starts for d in given]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_every_sample_comes_back_exactly(path: Path) -> None:
    read = read_path(path).documents
    assert loads(dumps(read)) == read


@pytest.mark.parametrize("data", [b"", b"autre chose", zlib.compress(b"[{}]"), zlib.compress(b'[{"text": 3}]')])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, zlib.error)):
        loads(data)


def test_a_document_read_under_another_name_is_the_same_as_one_read_under_its_own() -> None:
    path = SAMPLES[0]
    own, other = read_path(path).documents[0], read_path(str(path)).documents[0]
    assert renamed(renamed(other, str(path), "abc.docx"), "abc.docx", str(path)) == own
    assert renamed(own, str(path), "lot/CCAP.docx").source.path == "lot/CCAP.docx"


def test_a_damaged_entry_is_forgotten(tmp_path: Path) -> None:
    cache = DocumentCache(tmp_path)
    cache.put("a", b"contenu")
    assert cache.get("a") == b"contenu"
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert cache.get("a") is None
    assert list(tmp_path.iterdir()) == []


def test_the_cache_keeps_to_its_size_and_drops_what_was_used_longest_ago(tmp_path: Path) -> None:
    cache = DocumentCache(tmp_path, max_bytes=400)
    for key in "abc":
        cache.put(key, bytes(100))
    assert cache.get("a")
    cache.trim()
    assert [key for key in "abc" if cache.get(key)] == ["a", "c"]


def test_two_runs_may_write_and_trim_at_once(tmp_path: Path) -> None:
    first, second = DocumentCache(tmp_path), DocumentCache(tmp_path, max_bytes=0)
    first.put("a", b"x")
    second.put("a", b"x")
    second.trim()
    first.trim()
    assert first.get("a") is None
