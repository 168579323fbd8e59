"""Tables that come as text: saved from Excel with semicolons or commas, or copied and pasted."""

from tests.commitments.reading.workbooks.model import Messy, Row, day


def semicolons_cp1252() -> Messy:
    """As Excel with Indonesian settings saves it: semicolons, the old code page, curly quotes and a dash."""
    text = (
        "No;Komitmen;Penanggung Jawab;Tenggat;Status;Keterangan\r\n"
        "1;Menerbitkan “kartu konsultasi”;Disnaker;30/06/2026;Proses;uji coba – tahap I\r\n"
        "2;Melatih kader; DinsosP3A ;01/07/2026;Belum;\r\n"
        '3;"Membuat video; durasi dua menit";Kominfo;2 Juli 2026;Belum;"kata ""aman"" wajib ada"\r\n'
        ";;;;;\r\n"
    )
    expected = (
        Row("Menerbitkan “kartu konsultasi”", ("naker",), (), day("2026-06-30"), "", "Proses", "uji coba – tahap I"),
        Row("Melatih kader", ("sos",), (), day("2026-07-01"), "", "Belum"),
        Row(
            "Membuat video; durasi dua menit", ("kominfo",), (), day("2026-07-02"), "", "Belum", 'kata "aman" wajib ada'
        ),
    )
    return Messy("semicolons_cp1252", expected, "ekspor.csv", text.encode("cp1252"))


def commas_with_bom() -> Messy:
    """UTF-8 with a byte order mark, a title line above the headers, a line break inside quotes."""
    text = (
        "Rekap komitmen per Januari 2026,,,\n"
        "Tindak Lanjut,Instansi,Target Waktu,Ket\n"
        '"Menata ulang alur layanan,\ntermasuk loket","Disnaker, BP3MI",28 Februari 2026,√ dibahas\n'
        "Membagikan formulir daring,Kominfo,Triwulan II 2026,\n"
    )
    expected = (
        Row("Menata ulang alur layanan, termasuk loket", ("naker", "bp3mi"), (), day("2026-02-28"), note="√ dibahas"),
        Row("Membagikan formulir daring", ("kominfo",), (), day("2026-06-30")),
    )
    return Messy("commas_with_bom", expected, "rekap.csv", b"\xef\xbb\xbf" + text.encode())


def pasted_with_headers() -> Messy:
    """Copied from Excel: tabs between cells, quotes around a cell that has a line break, an empty line at the end."""
    text = (
        "No\tRencana Aksi\tPIC\tTarget Waktu\tStatus\n"
        "1\tMemutakhirkan daftar perusahaan penempatan\tBP3MI\t31 Maret 2026\tBelum\n"
        '2\t"Memeriksa berkas\nbersama petugas loket"\tImigrasi/Dukcapil\tTW II\tProses\n'
        "3\tMengumumkan hasil\t\t\t\n"
        "\n"
    )
    expected = (
        Row("Memutakhirkan daftar perusahaan penempatan", ("bp3mi",), (), day("2026-03-31"), "", "Belum"),
        Row("Memeriksa berkas bersama petugas loket", ("imi", "duk"), (), day("2026-06-30"), "", "Proses"),
        Row("Mengumumkan hasil"),
    )
    return Messy("pasted_with_headers", expected, pasted=text)


def pasted_without_headers() -> Messy:
    """Three rows copied without their header: wording, owner and date show by what they are."""
    text = (
        "Mengirim undangan pelatihan kepada 40 sekolah\tSudin Pendidikan II\t17 April 2026\n"
        "Menyediakan ruang pelatihan dan pengeras suara\tDisnaker\t24 April 2026\n"
        "Memeriksa kesehatan peserta sebelum pelatihan\tDinkes\t24/04/2026\n"
    )
    expected = (
        Row("Mengirim undangan pelatihan kepada 40 sekolah", ("dik2",), (), day("2026-04-17")),
        Row("Menyediakan ruang pelatihan dan pengeras suara", ("naker",), (), day("2026-04-24")),
        Row("Memeriksa kesehatan peserta sebelum pelatihan", ("kes",), (), day("2026-04-24")),
    )
    return Messy("pasted_without_headers", expected, pasted=text)


PLAIN_TEXT = (semicolons_cp1252, commas_with_bom, pasted_with_headers, pasted_without_headers)
