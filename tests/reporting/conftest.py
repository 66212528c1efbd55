"""The samples' reports in every form, each made once for the whole run: a PDF takes seconds."""

from collections.abc import Callable
from functools import cache

import pytest
from forms import make

from clausecheck.assessment.model import DossierReport
from clausecheck.reporting.view import ReportView


@pytest.fixture(scope="session")
def rendered(report_of: Callable[[str], DossierReport]) -> Callable[[str, str], bytes]:
    """Return the bytes of a sample's report in one form."""

    @cache
    def render(name: str, form: str) -> bytes:
        return make(form, ReportView.of(report_of(name)))

    return render
