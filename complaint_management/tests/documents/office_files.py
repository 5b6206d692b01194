"""Office documents as customers send them, built with real libraries, and spoiled by hand."""

import io
import zipfile

import docx
import xlsxwriter
from docx.shared import Pt, RGBColor
from openpyxl import Workbook
from PIL import Image


def picture(form="PNG"):
    """:return: stream of a small picture"""
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), (40, 90, 160)).save(stream, form)
    stream.seek(0)
    return stream


def sheet(cells=None, merged=(), title="8D", **more):
    """:return: bytes of a workbook of openpyxl; ``more``: further sheets, name → cells"""
    book = Workbook()
    first = book.active
    first.title = title
    pages = {first: cells or {}, **{book.create_sheet(n): c for n, c in more.items()}}
    for page, content in pages.items():
        for name, value in content.items():
            page[name] = value
    for box in merged:
        first.merge_cells(box)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rich_sheet():
    """A form with all that a library reading it into objects would lose."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet("8D report")
    bold = book.add_format({"bold": True})
    box = book.add_format({"border": 1, "bg_color": "#ffee99"})
    page.insert_textbox("H2", "Fill in within 24 hours")
    page.insert_image("H8", "logo.png", {"image_data": picture()})
    page.insert_checkbox("A3", True)
    page.set_header("&L&G", {"image_left": "logo.png", "image_data_left": picture()})
    page.set_footer("Page &P of &N")
    page.set_paper(9)
    page.print_area("A1:G40")
    page.set_column("B:B", 20, box)
    page.write("A1", "Number")
    page.write_blank("B1", None, box)
    page.write_rich_string(
        "A5", "Dear ", bold, "{{con", "tact}}", bold, ", our no. {{report_number}}"
    )
    page.merge_range("B7:D9", "", box)
    page.write_row("A20", [1, 2, 3])
    page.write_formula("D20", "=SUM(A20:C20)", None, 6)
    page.add_sparkline("E20", {"range": "'8D report'!A20:C20"})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='8D report'!$A$20:$C$20"})
    page.insert_chart("H20", chart)
    book.add_worksheet("附件")
    book.close()
    return stream.getvalue()


def word():
    """A Word form with a placeholder in every place a text can be, split over runs."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Complaint {{complaint_number}}"
    section.footer.paragraphs[0].text = "投诉 {{customer_reference}}"
    paragraph = document.add_paragraph("Dear ")
    for number, piece in enumerate(("{", "{ con", "tact", " }", "}")):
        run = paragraph.add_run(piece)
        run.bold = number == 0
        run.font.size = Pt(14)
        run.font.color.rgb = RGBColor(200, 0, 0)
    paragraph.add_run(", thank you.")
    document.add_paragraph("Cause: <<CAUSE>>")
    table = document.add_table(2, 3)
    for cell, text in zip(table.rows[0].cells, ("No.", "Goods", "Quantity"), strict=True):
        cell.text = text
    for cell, text in zip(
        table.rows[1].cells,
        ("{{customer_reference}}", "{{goods.name}}", "{{goods.quantity}}"),
        strict=True,
    ):
        cell.text = text
    document.add_picture(picture())
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word_with(xml):
    """:return: bytes of a Word document with ``xml`` at its end"""

    def add(data):
        return data.replace(b"<w:sectPr", xml + b"<w:sectPr", 1)

    return spoil(word(), {"word/document.xml": add})


def spoil(content, changes=None, add=None):
    """:param dict changes: name of a part → function of its bytes
    :param dict add: name → bytes of further parts
    :return: bytes of the archive with them
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for info in old.infolist():
            data = old.read(info)
            change = (changes or {}).get(info.filename)
            new.writestr(info.filename, change(data) if change else data)
        for name, data in (add or {}).items():
            new.writestr(name, data)
    return stream.getvalue()


def relate(kind, target, external=True):
    """:return: function that adds a relation to a part of relations"""
    mode = ' TargetMode="External"' if external else ""
    line = (
        '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}"{mode}/></Relationships>'
    )
    return lambda data: data.replace(b"</Relationships>", line.encode())


def read_parts(content):
    """:return: dict name → bytes of the parts of a document"""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
