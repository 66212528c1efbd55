"""RapidOCR, for machines where nothing but Python packages can be installed: slower than tesseract, its models come with the package."""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from clausecheck.readers.ocr import OcrError
from clausecheck.readers.pdf_layout import Line

_ENOUGH = 150.0
"""Resolution, in dots an inch, above which its reading gets slower and no better."""


def load() -> "Rapid | None":
    """Return RapidOCR where it is installed with its runtime (the extra «ocr»)."""
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return None
    return Rapid()


@dataclass(slots=True)
class Rapid:
    """RapidOCR; its models are loaded at the first page."""

    _models: Any = None

    def read(self, image: Any, page: int, dpi: float) -> list[Line]:
        """Read a PIL image; boxes in points. Raises ``OcrError``."""
        import numpy as np

        shrink = min(1.0, _ENOUGH / dpi)
        picture = image.convert("RGB").resize((round(image.width * shrink), round(image.height * shrink)))
        try:
            self._models = self._models or _load_models()
            found = self._models(np.asarray(picture))
        except Exception as error:
            raise OcrError(
                "RapidOCR a échoué\u202f: réinstallez-le (pip install clausecheck[ocr]) ou installez tesseract.", final=True
            ) from error
        if found.boxes is None:
            return []
        scale = 72 / (dpi * shrink)
        return [_line(*entry, page, scale) for entry in zip(found.boxes, found.txts, found.scores, strict=True)]


def _load_models() -> Any:
    from rapidocr import RapidOCR

    quiet = {"Global.log_level": "critical", "Global.use_cls": False}
    one_thread = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1}
    return RapidOCR(params=quiet | one_thread)


def _line(corners: Any, text: str, score: float, page: int, scale: float) -> Line:
    """Make a line from the four corners of its box, in pixels, and a score from 0 to 1."""
    xs, ys = ([float(corner[axis]) * scale for corner in corners] for axis in (0, 1))
    box = (min(xs), min(ys), max(xs), max(ys))
    return Line(text, page, box, box[3] - box[1], confidence=100 * float(score))
