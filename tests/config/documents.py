"""Files that offices send and files that do harm, built where they are used: no fixture hides a byte."""

import io
import zipfile

import pikepdf
from docx import Document
from docx.oxml import parse_xml

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY, KINDS = "word/document.xml", "[Content_Types].xml"
SENTENCES = ("Dinas Contoh Alfa menggelar rapat koordinasi.", "Rapat menyepakati pendataan bersama.")


def word(*paragraphs, edit=None):
    """A .docx with these paragraphs; ``edit(document)`` changes it before it is saved."""
    document = Document()
    for words in paragraphs or SENTENCES:
        document.add_paragraph(words)
    if edit:
        edit(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(content, parts):
    """A .docx with some parts replaced or added: ``{"word/document.xml": "..."}``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in parts:
                after.writestr(name, before.read(name))
        for name, part in parts.items():
            after.writestr(name, part)
    return out.getvalue()


def part_of(content, name):
    """The text of one part of a .docx."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def in_word(markup):
    """An element of a Word body from its markup."""
    return parse_xml(markup.replace(">", f' xmlns:w="{WORD}">', 1))


def pdf(*pages, password=None, blank=0):
    """A PDF whose pages hold these lines of plain letters; ``blank`` adds pages without words."""
    document, out = pikepdf.new(), io.BytesIO()
    font = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for words in pages:
        page = document.add_blank_page()
        lines = " ".join(f"({line}) Tj T*" for line in words.split("\n"))
        page.Contents = document.make_stream(f"BT /F1 11 Tf 14 TL 50 700 Td {lines} ET".encode())
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    for _number in range(blank):
        document.add_blank_page()
    encryption = pikepdf.Encryption(owner="pemilik", user=password) if password is not None else None
    document.save(out, encryption=encryption or False)
    return out.getvalue()


def swelling(megabytes):
    """A Word file whose body unpacks to this many megabytes."""
    return repacked(word(), {BODY: b"<a>" + b" " * (megabytes * 2**20) + b"</a>"})


def laughing():
    """A Word file whose body multiplies itself through entities."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>'
    return repacked(word(), {BODY: f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "ha">{levels}]>{body}'})


def fetching():
    """A Word file that points to another machine for its template, a picture and an entity of its links."""
    content = word()
    name = "word/_rels/document.xml.rels"
    links = part_of(content, name)
    outside = (
        '<Relationship Id="rId900" TargetMode="External" Target="http://127.0.0.1:9/a.dotm" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
        '<Relationship Id="rId901" TargetMode="External" Target="http://127.0.0.1:9/a.png" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    return repacked(content, {name: links.replace("</Relationships>", outside)})


def with_macros():
    """A Word file that says of itself that it runs macros."""
    kinds = part_of(word(), KINDS)
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return repacked(word(), {KINDS: kinds.replace(plain, "application/vnd.ms-word.document.macroEnabled.main+xml")})
