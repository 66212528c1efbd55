"""Parties of English agreements: names, addresses and e-mails by role."""

from collections.abc import Callable

import pytest

from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.document import Document
from clausecheck.segmentation.parties import parties
from clausecheck.segmentation.party import Party
from clausecheck.segmentation.units import segment


@pytest.fixture
def named(lexicon: Lexicon, clause: Callable[..., Document]) -> Callable[[str], dict[str, Party]]:
    """Return the parties of a text, by role."""
    return lambda text: {p.role: p for p in parties(segment([clause(text)], lexicon), lexicon)}


def test_defined_terms_name_both_sides(named: Callable[[str], dict[str, Party]]) -> None:
    text = (
        "This Data Processing Agreement is entered into by and between Harbour City Council, with offices at 4 Quay Road, "
        "Valmer (the “Controller”), and Cloudberry Hosting Ltd, a company registered in Ireland under number 1234 (“Cloudberry” or the "
        "“Processor”)."
    )
    found = named(text)
    assert (found["controller"].name, found["processor"].name) == ("Harbour City Council", "Cloudberry Hosting Ltd")
    assert found["controller"].address == "4 Quay Road, Valmer"


def test_an_annex_names_by_label_with_address_and_email(named: Callable[[str], dict[str, Party]]) -> None:
    text = "Data importer:\nName: Cloudberry Hosting Ltd\nAddress: 12 Bramble Street, Dublin\nE-mail: privacy@cloudberry.example, the team"
    found = named(text)["processor"]
    assert (found.name, found.address, found.email) == (
        "Cloudberry Hosting Ltd",
        "12 Bramble Street, Dublin",
        "privacy@cloudberry.example",
    )


def test_a_generic_counterparty_has_no_identity(named: Callable[[str], dict[str, Party]]) -> None:
    text = "This agreement is between us and you, or the entity that you represent when you accept these terms (“Customer”)."
    assert named(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Harbour City Council\n\n4 Quay Road\n\n1200 Valmer\n\n(hereinafter “the Controller”)",
        "(1) Harbour City Council, having its registered office at 4 Quay Road, Valmer (Controller); and",
        "Name of the data exporting organisation: Harbour City Council\n\nAddress: 4 Quay Road, Valmer",
        "A. LIST OF PARTIES\n\nData exporter(s):\n\n1. Name: Harbour City Council\n\nAddress: 4 Quay Road, Valmer",
    ],
)
def test_each_way_of_naming_a_party(named: Callable[[str], dict[str, Party]], text: str) -> None:
    rest = "\n\nThe processor shall process the personal data only on the documented instructions of the controller."
    assert named(text + rest)["controller"].name == "Harbour City Council"


def test_what_stands_between_the_other_party_and_the_definition_is_the_name(named: Callable[[str], dict[str, Party]]) -> None:
    text = (
        "This agreement is entered into between the Customer and Cloudberry Hosting Limited (“Processor”), which processes personal data."
    )
    assert named(text)["processor"].name == "Cloudberry Hosting Limited"


def test_an_address_goes_to_the_role_named_last_before_it(named: Callable[[str], dict[str, Party]]) -> None:
    text = "Notices go to the Controller at its account address and to the Processor, 12 Bramble Street, Dublin."
    found = named(text)
    assert "controller" not in found
    assert "processor" in found
