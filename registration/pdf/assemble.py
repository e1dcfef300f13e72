"""Puts drawn sheets together into a tagged file that still lacks the person's values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from registration.pdf.content import CoverSheet, Language
from registration.pdf.draw_cover import draw_cover
from registration.pdf.draw_form import Slot, draw_form
from registration.pdf.draw_mailing import draw_mailing
from registration.pdf.embed import add_font, form_font
from registration.pdf.layout import form_layout, page_words
from registration.pdf.objects import ObjectTable, reference, references, text_string
from registration.pdf.sheet import Element, Sheet

_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(slots=True)
class Assembly:
    """A file in the making. The numbers are those of objects that an addendum or further fonts change;
    ``overlays`` maps a sheet to the object that will hold its values. ``mailing`` is the number of the sheet that
    comes last, however many are added."""

    table: ObjectTable
    root: Element
    sheets: list[Sheet]
    slots: list[Slot]
    pages: int
    resources: int
    catalogue: int
    fonts: dict[str, int]
    overlays: dict[int, int]
    numbers: dict[int, int]
    page_numbers: list[int]
    parents: int
    tree: int
    info: int
    mailing: int = 0

    @property
    def page_order(self) -> list[int]:
        """The pages' objects from first to last."""
        pages = self.page_numbers
        return [*pages[: self.mailing], *pages[self.mailing + 1 :], pages[self.mailing]]


def add_page(assembly: Assembly, sheet: Sheet) -> None:
    """Adds the page that was drawn on ``sheet``; its values, if it has any, follow in a second stream."""
    table = assembly.table
    contents = [table.add_stream(b"q\n" + sheet.take_content() + b"Q\n")]
    if any(slot.page == sheet.number for slot in assembly.slots):
        assembly.overlays[sheet.number] = table.reserve()
        contents.append(assembly.overlays[sheet.number])
    assembly.sheets.append(sheet)
    assembly.page_numbers.append(
        table.add(
            b"<</Type/Page/Parent %b/MediaBox[0 0 612 792]/Resources %b/Contents%b/StructParents %d/Tabs/S>>"
            % (reference(assembly.pages), reference(assembly.resources), references(contents), sheet.number)
        )
    )


def _number_elements(assembly: Assembly, node: Element) -> None:
    assembly.numbers.setdefault(id(node), 0)
    if not assembly.numbers[id(node)]:
        assembly.numbers[id(node)] = assembly.table.reserve()
    for kid in node.kids:
        if isinstance(kid, Element):
            _number_elements(assembly, kid)


def _write_element(assembly: Assembly, node: Element, parent: int, spoken: Mapping[int, str]) -> None:
    own = assembly.numbers[id(node)]
    kids, page = [], None
    for kid in node.kids:
        if isinstance(kid, Element):
            kids.append(reference(assembly.numbers[id(kid)]))
            _write_element(assembly, kid, own, spoken)
        else:
            page = kid[0]
            kids.append(b"%d" % kid[1])
    aloud = spoken.get(own, node.spoken)
    extras = b"/ActualText" + text_string(aloud) if aloud else b""
    where = b"/Pg " + reference(assembly.page_numbers[page]) if page is not None else b""
    assembly.table.packed[own] = b"<</Type/StructElem/S/%b/P %b%b%b/K[%b]>>" % (
        node.role.encode(),
        reference(parent),
        where,
        extras,
        b" ".join(kids),
    )


def write_structure(assembly: Assembly, spoken: Mapping[int, str]) -> None:
    """Writes, or writes anew, what depends on which pages and fonts there are. ``spoken``: by element number, what
    is read aloud in place of an element's content."""
    _number_elements(assembly, assembly.root)
    _write_element(assembly, assembly.root, assembly.tree, spoken)
    packed = assembly.table.packed
    rows = [
        b"%d%b" % (sheet.number, references(assembly.numbers[id(owner)] for owner in sheet.marks))
        for sheet in assembly.sheets
    ]
    packed[assembly.parents] = b"<</Nums[" + b" ".join(rows) + b"]>>"
    packed[assembly.tree] = b"<</Type/StructTreeRoot/K %b/ParentTree %b/ParentTreeNextKey %d>>" % (
        reference(assembly.numbers[id(assembly.root)]),
        reference(assembly.parents),
        len(rows),
    )
    packed[assembly.pages] = b"<</Type/Pages/Kids%b/Count %d>>" % (references(assembly.page_order), len(rows))
    fonts = b"".join(b"/%b %b" % (name.encode(), reference(number)) for name, number in assembly.fonts.items())
    packed[assembly.resources] = b"<</Font<<%b>>>>" % fonts


def _catalogue(table: ObjectTable, pages: int, tree: int, title: str, language: Language) -> int:
    clean = title.replace("&", "&amp;").replace("<", "&lt;")
    metadata = table.add_stream(
        _METADATA.format(title=clean, language=language).encode(), b"/Type/Metadata/Subtype/XML", compress=False
    )
    return table.add(
        b"<</Type/Catalog/Pages %b/StructTreeRoot %b/MarkInfo<</Marked true>>/Lang(%b)/Metadata %b"
        b"/ViewerPreferences<</DisplayDocTitle true>>>>"
        % (reference(pages), reference(tree), language.encode(), reference(metadata))
    )


def assemble(cover: CoverSheet, language: Language) -> Assembly:
    """Draws the cover, the form and the mailing page, and lays the file out around them."""
    table, root = ObjectTable(), Element("Document")
    pages, resources, parents, tree = (table.reserve() for _ in range(4))
    layout, words = form_layout(language), page_words(language)
    fonts = {"R": add_font(table, form_font("regular")), "B": add_font(table, form_font("bold"))}
    catalogue = _catalogue(table, pages, tree, layout.words["title"], language)
    info = table.add(b"<</Title %b>>" % text_string(layout.words["title"]))
    made = Assembly(table, root, [], [], pages, resources, catalogue, fonts, {}, {}, [], parents, tree, info)
    drawn: list[Sheet] = []
    section = Element("Sect")
    root.kids.append(section)

    def new_sheet(owner: Element = section) -> Sheet:
        drawn.append(Sheet(len(drawn), owner))
        return drawn[-1]

    draw_cover(cover, words["cover"], new_sheet)
    made.slots += draw_form(new_sheet(root), layout, cover.request_only)
    made.slots += draw_mailing(new_sheet(root), cover, words["mailing"])
    made.mailing = drawn[-1].number
    for sheet in drawn:
        add_page(made, sheet)
    write_structure(made, {})
    return made
