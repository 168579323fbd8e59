"""The words that announce an outcome, and those that take it back."""

import re

from commitments.reading.release.words import FORUM, JOINT, any_of

OPEN = any_of("antara lain|di ?antaranya|salah satunya|seperti|misalnya")
LIST = any_of(
    r"""
    antara lain|di ?antaranya|salah satunya|seperti|misalnya|yaitu|yakni|meliputi|mencakup|berupa|berisi
    mulai dari|memuat
    terdiri (?:atas|dari)|(?:adalah|ialah|yaitu|yakni) sebagai berikut|adalah|ialah|sebagai berikut
    berikut(?: ini)?(?= ?:)|sbb|:
    """
)
COUNT = any_of(
    """
    beberapa|sejumlah|berbagai|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|[0-9]{1,2}
    hal-hal|poin-poin|butir-butir|langkah-langkah|hal|poin|butir
    """
)
FIRM_THING = any_of(
    """
    kesepakatan|komitmen|keputusan|rencana tindak lanjut|rtl|tindak lanjut|rencana aksi|rencana kerja|kesepahaman
    mufakat|permufakatan|berita acara|konsensus|titik temu|kata sepakat|ikrar|pakta|jalan tengah
    """
)
THING = any_of(
    """
    kesepakatan|komitmen|keputusan|rencana tindak lanjut|rtl|tindak lanjut|rencana aksi|rencana kerja|kesepahaman
    mufakat|permufakatan|berita acara|konsensus|titik temu|kata sepakat|ikrar|pakta|jalan tengah
    solusi|jalan keluar|tindaklanjut|aksi bersama|program kerja|agenda kerja|tugas|peran
    (?:kerja ?sama|program|kegiatan|agenda|bidang|langkah|rencana) yang (?:telah |akan )?(?:disepakati|dilakukan
    dilaksanakan|ditempuh)
    poin|point|butir|hasil|langkah|hal|kesimpulan|simpulan|agenda bersama|program bersama|pembagian tugas
    pembagian peran|rekomendasi
    """
)
MAKES = any_of(
    """
    menghasilkan|melahirkan|membuahkan|mencapai|tercapai(?:nya)?|dicapai|diperoleh|merumuskan|dirumuskan|menetapkan
    disimpulkan|dihasilkan|ditutup dengan|diakhiri dengan|berujung pada|berujung|menelurkan|lahir(?:lah)?|terdapat|ada
    memuat|menyimpulkan|didapat|menyusun|mengerucut pada|mengikat|membuat|menyepakati|menandatangani|tersusun|terbit
    meneken|berbuah|menorehkan|menggariskan|mencatat|mencatatkan|membulatkan|mengunci|diteken|membagi|berbagi
    diambil|mengambil|ditetapkan|dituangkan dalam|melahirkannya|muncul
    """
)
AGREEING = any_of(
    """
    sepakat|bersepakat|menyepakati|disepakati|bermufakat|mufakat|memutuskan|diputuskan|menyetujui|disetujui|bersetuju
    setuju|kesepakatan|menyimpulkan|disimpulkan|sepaham|(?:kita|kami) (?:sepakati|putuskan)|dibagi tugas|berbagi tugas
    berbagi peran
    membagi tugas|membagi peran|bagi tugas
    """
)
NEAR = r"[^.;:\"\n]"

PRODUCES = re.compile(rf"\b{MAKES}\b{NEAR}{{0,60}}?\b{THING}\b{NEAR}{{0,140}}?(?P<list>,?[ ]?{LIST})", re.IGNORECASE)
PRODUCES_COUNT = re.compile(
    rf"\b{MAKES}\b[ ]{COUNT}\b{NEAR}{{0,30}}?\b{THING}\b{NEAR}{{0,50}}?(?P<list>[.]?\Z)", re.IGNORECASE
)
PRODUCES_TO = re.compile(
    rf"\b{MAKES}\b{NEAR}{{0,40}}?\b{FIRM_THING}\b(?:[ ]\w+){{0,2}}?[ ](?P<list>untuk|bahwa|tentang|mengenai)\b",
    re.IGNORECASE,
)
NAMES = re.compile(
    rf"\b(?P<thing>(?:{COUNT}[ ])?{THING}(?:-{THING})?(?:nya)?)\b(?P<of>{NEAR}{{0,80}}?)(?P<list>,?[ ]?{LIST})",
    re.IGNORECASE,
)
BECOMES = re.compile(
    rf",?[ ](?:menjadi|merupakan|adalah|itulah|masuk|termasuk)[ ](?:dalam[ ])?(?:{COUNT}[ ])?(?:{NEAR}{{0,20}}?\b)?"
    rf"(?:(?:poin|butir|hal|hasil|isi|langkah|agenda)\b{NEAR}{{0,30}}?\b(?:disepakati|kesepakatan|diputuskan|rapat"
    rf"|pertemuan)"
    rf"|(?:kesepakatan|komitmen|keputusan)(?:[ ]bersama)?\b{NEAR}{{0,12}}?\b(?:rapat|pertemuan|forum|audiensi|itu"
    rf"|tersebut|ini))\b",
    re.IGNORECASE,
)
AGREES = re.compile(
    rf"\b(?P<verb>{AGREEING})\b(?P<rest>(?:[ ](?:bersama|pula|juga|secara bersama|secara bulat|secara aklamasi"
    rf"|dalam rapat"
    r"|dalam pertemuan|dalam forum|diambil|tersebut|ini|itu))*)",
    re.IGNORECASE,
)
COMMITS = re.compile(
    rf"\b{JOINT}\b{NEAR}{{0,40}}?\b(?P<verb>berkomitmen|menyatakan komitmen|bertekad|saling berjanji|bersama-sama "
    rf"berjanji)"
    r"(?:[ ]bersama)?\b",
    re.IGNORECASE,
)
COUNTED = re.compile(
    rf"[ ]?,?[ ]?(?:(?:atas|tentang|mengenai|pada|terhadap|soal|dalam|terkait)[ ])?(?:{COUNT}\b{NEAR}{{0,100}}?)?"
    rf"(?P<list>,?[ ]?(?:{OPEN}|yaitu|yakni|sebagai berikut|sbb|berikut(?:[ ]ini)?[ ]?(?=:)|:))",
    re.IGNORECASE,
)
COUNTED_FAR = re.compile(
    r"(?:[ ](?:atas|pada|untuk|akan|segera|bersama|melakukan|melaksanakan|menjalankan|mengambil|menempuh"
    r"|menetapkan|menyusun"
    r"|merumuskan|membuat|menyiapkan|membangun|mengerjakan|menggulirkan|mewujudkan)){0,3}"
    rf"[ ]{COUNT}\b{NEAR}{{0,100}}?(?P<list>,?[ ]?{LIST}|[.]?\Z)",
    re.IGNORECASE,
)
LINK = re.compile(
    r"[ ]*,?[ ]*(?:untuk|bahwa|akan|agar|guna)\b[ ]*(?:segera|akan|bersama-sama|bersama|pula|untuk)?\b", re.IGNORECASE
)
NO_OBJECT = re.compile(
    r"[ ]*,?[ ]*(?:dengan|atas|tentang|terhadap|mengenai|soal|dalam hal|pentingnya|bahwa pentingnya|perlunya"
    r"|adanya|kalau"
    r"|jika|apabila|sebesar|senilai|seharga|sebanyak|menjadi|\Z|[.;\"]|dan (?:ditandatangani|disahkan)|antara"
    r"|kerja ?sama)",
    re.IGNORECASE,
)
STANCE = re.compile(
    r"(?:\w+[ ]){0,10}?(?:merupakan|adalah|sangat|penting|memang|bukan|tidak|membutuhkan|memerlukan)\b", re.IGNORECASE
)
NOT_YET = re.compile(
    r"\b(?:belum|tidak|tak|tanpa|gagal|untuk|guna|akan|dapat|bisa|ingin|perlu|harus|hendak|agar|hingga|sampai|sebelum"
    r"|bertujuan|diharapkan|mau|menunggu|menanti|demi|hampir|blm|tdk)"
    r"(?:[ ](?:juga|segera|ada|mencapai|adanya|menghasilkan|sempat|bersama|kembali|dapat|pernah|sudah|telah|akan|lebih"
    r"|lagi)){0,2}[ ]?\Z",
    re.IGNORECASE,
)
GENERAL = re.compile(
    r"\b(?:pentingnya|butuh|membutuhkan|dibutuhkan|diperlukan|memerlukan|perlu|demi|merupakan|sebagai|sesuai"
    r"|berdasarkan|ruang lingkup|membahas|terkait|mengenai|nota|atas|apresiasi|mengapresiasi|agenda|draf|rancangan"
    r"|naskah|pembahasan|tujuan|sasaran|lingkup|ada)\b(?:[ ]\w+){0,3}[ ]?\Z",
    re.IGNORECASE,
)
OF_MEETING = re.compile(
    rf"\b(?:{FORUM}|bersama|tersebut|disepakati|diputuskan|dihasilkan|dicapai|kesepakatan|ini|itu|tindak lanjut"
    r"|dirumuskan|disimpulkan|selanjutnya|ditindaklanjuti|akan dilakukan|lanjut)\b|nya\b",
    re.IGNORECASE,
)
ANY_LIST = re.compile(LIST, re.IGNORECASE)
OPEN_LIST = re.compile(rf"\b{OPEN}\b", re.IGNORECASE)
BY = re.compile(
    r"[ ]*(?:pada|dalam|oleh|sebagai|di|bersama|secara|menjadi|paling|akan|antara|hari|mulai)\b", re.IGNORECASE
)
WHICH = re.compile(r"\byang[ ](?:telah[ ]|sudah[ ]|akan[ ])?\Z", re.IGNORECASE)
FIRM = re.compile(
    r"\b(?:kesepakatan|komitmen|keputusan|tindak lanjut|rtl|tl|rencana|disepakati|diputuskan|langkah|mufakat|sepakat"
    r"|kspk\w*|kesep|todo|intinya|jadinya|disetujui|putusan|putuskan|sepakati|follow[ -]?up|penugasan|solusi|tugas"
    r"|peran|deal|titik temu|ikrar|pakta"
    r"|dikerjakan|dilakukan|ditindaklanjuti|bagi tugas|berbagi tugas|action|next step|to do|pembagian"
    r"|agenda)(?:nya)?\b",
    re.IGNORECASE,
)
WEAK = re.compile(r"\b(?:hasil|kesimpulan|simpulan|output|poin|point|rekomendasi|butir)(?:nya)?\b", re.IGNORECASE)
TALK = re.compile(
    r"\b(?:diskusi dan tanya|paparan|laporan|sementara|pemeriksaan|pengawasan|survei|penelitian|panen|ujian"
    r"|seleksi|evaluasi (?:tahun|kinerja)|monitoring|temuan|positif|tangkapan|penjualan|kunjungan lapangan|pemantauan"
    r"|sebelumnya|lalu|terdahulu|pengukuran|pendataan sementara|rekapitulasi|bumi|laut|pertanian|uji)\b",
    re.IGNORECASE,
)
HEADING = re.compile(
    r"[^\w\"]{0,6}(?:(?:[0-9]{1,2}|[A-HIVX]{1,4})[.)][ ]*)?(?:(?:adapun|berikut|beberapa|demikian|daftar|ringkasan"
    r"|pokok-pokok|isi"
    r"|apa|aja|saja|yang|yg|ini|nih|catatan|lampiran|dari|dan|td|tadi|jd|trus|terus|nah|inilah|jadi|oke|dia|tabel"
    r"|matriks|rangkuman"
    r"|intisari|dengan|ada)[ ])*"
    + any_of(
        r"""
        poin(?:-poin)?|point|butir(?:-butir)?|hal(?:-hal)? yang|hasil(?:-hasil)?(?:nya)?|output|kesimpulan|simpulan
        keputusan(?:nya)?|kesepakatan(?:nya)?|komitmen(?:nya)?|tindak lanjut(?:nya)?|rencana tindak lanjut|rtl|tl
        output(?:nya)?|rencana aksi|rencana kerja|langkah(?:-langkah)?|action (?:plan|items?)|next steps?|to do
        disepakati|sepakat
        rekomendasi|pembagian tugas|pembagian peran|mufakat|follow[ -]?up|penugasan|solusi|agenda (?:selanjutnya
        berikutnya)
        tugas masing-masing|pekerjaan rumah|deal|hsl|kesimpulannya|simpulannya|rencana (?:selanjutnya|ke depan
        berikutnya)
        poin2|hal2|hsl\w*|kspk\w*|kesep|todo|intinya|jadinya|tindaklanjut\w*|kesepakatan2|keputusan2|putusan
        spkt|sepakatnya|disetujui|diputuskan
        poin2|hal2 yang|yang (?:harus|perlu|akan) (?:dikerjakan|dilakukan|ditindaklanjuti)|notulensi hasil
        jalan keluar
        """
    )
    + rf"\b{NEAR}{{0,70}}?[ ]?(?P<colon>[:?!]|\Z)",
    re.IGNORECASE,
)
BELOW = re.compile(
    r"[^.;:]{0,60}?\b(?:sebagai berikut|berikut ini|hal berikut|poin berikut|langkah berikut|sbb)[ ]?[:.]?\Z",
    re.IGNORECASE,
)
ANNOUNCES = re.compile(
    rf"[^.;:]{{0,40}}?\b(?:{COUNT}[ ](?:hal|poin|butir|langkah|keputusan|kesepakatan|komitmen)|kesepakatan|kata "
    rf"sepakat|mufakat|pembagian tugas)(?:[ ]bersama|[ ]itu|[ ]yang)?[ ]"
    r"(?:disepakati|tercapai|dicapai|diambil|diputuskan|dihasilkan|lahir|terbangun|mengemuka)\b[^.;:,]{0,50}[.:]?\Z",
    re.IGNORECASE,
)
OTHER_HEADING = re.compile(
    r"[^\w\"]{0,6}(?:[0-9A-Z]{1,3}[.)][ ]*)?(?:penutup|dokumentasi|lampiran|lain-lain|peserta|agenda|pembahasan"
    r"|catatan|kendala"
    r"|permasalahan|jalannya rapat|dasar|arahan|saran|pembukaan|latar belakang|tembusan|notulis|pimpinan|daftar hadir"
    r"|hambatan|masalah|tanya jawab|diskusi|undangan|pelaksanaan|waktu|tempat|tujuan|maksud)\b[^.;]{0,30}:?\Z",
    re.IGNORECASE,
)
HINT = re.compile(
    r"\b(?:sepakat|bersepakat|menyepakati|disepakati|kesepakatan|kesepahaman|diputuskan|memutuskan|keputusan"
    r"|disetujui|menyetujui"
    r"|tindak lanjut|komitmen bersama|rencana aksi|hasil (?:rapat|pertemuan|audiensi)|langkah bersama|solusi"
    r"|mufakat)\b",
    re.IGNORECASE,
)
CLOSING_VERB = re.compile(
    r"[ ]?(?:disepakati|disetujui|diputuskan)(?:[ ](?:bersama|pula|juga|semua pihak|para pihak|rapat"
    r"|forum))?[ ]?[.]?\Z",
    re.IGNORECASE,
)
BEFORE_VERB = re.compile(r"(?:[ ](?:juga|pula|turut|telah|sudah|pun|akhirnya|ikut))+\Z", re.IGNORECASE)
SENTENCE = re.compile(r"(?:[^\s:]+[ ]){4,}[^\s:]+[ ]?:\Z")
LEAD = re.compile(  # before a list of lines: what is to be done together
    r"\b(?:pembagian kerja|pembagian tugas|berbagi|membagi|kerja bersama|rencana bersama|langkah bersama|rencana"
    r"|langkah|penugasan"
    r"|dikerjakan|dilaksanakan bersama|akan dilakukan|ditempuh|tugas|menyanggupi|dirancang|disusun)\b",
    re.IGNORECASE,
)
NO_LEAD = re.compile(
    r"\b(?:hadir|dihadiri|peserta|materi|narasumber|dibahas|membahas|kendala|masalah|permasalahan|temuan|usul"
    r"|usulan|tuntutan"
    r"|permintaan|aspirasi|syarat|persyaratan|capaian|tujuan|bertujuan|telah|sudah|selama ini|acara|susunan"
    r"|rundown|tugas pokok)\b",
    re.IGNORECASE,
)
