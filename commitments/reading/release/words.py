"""The vocabulary of the rules: which Indonesian words promise, hope, urge, report or merely link."""

import re


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(words.split())


def any_of(words: str) -> str:
    """Return a pattern that matches any phrase of a text in which "|" or a line break divides them."""
    phrases = (" ".join(phrase.split()) for line in words.splitlines() for phrase in line.split("|"))
    return "(?:" + "|".join(phrase for phrase in phrases if phrase) + ")"


ABBREVIATIONS = word_set(
    """
    a.n an ap apt bpk brig brigjen dr dra drg drs gg hj ho inf ir irjen jend jenderal jl jln kab kapt kav kec kel
    kep kol kolonel komjen kombes kompol kp lettu letkol letjen let mar marsda mayjen mayor no nn ny pdt pol prof
    prov psi psikolog pkl pk pt cv rp rr rt rw serka serma sdr sdri sda st s.d sd tb tgl tn u.b u.p up ub ust ustaz
    vol yth akp akbp ipda iptu aiptu aipda bripka briptu brigpol adm mgr plt plh pj pjs ketum sekjen wk al alm almh
    ttd tsb nmr hlm ps
    """
)
SENTENCE_STARTERS = word_set(
    """
    adapun acara agenda audiensi bupati dalam dari demikian dengan dia di hadir hal hasil ia ini itu karena
    kedatangan kedua kegiatan ketiga ke kepala kesepakatan koordinasi kunjungan kami kita melalui mereka menurut
    menurutnya nota nantinya pada para pertama pertemuan peserta rapat sebagai sebelum sebelumnya sedangkan sejumlah
    selain selanjutnya sementara semua seluruh setelah tindak tim turut untuk usai
    """
)

# --- what makes a sentence no commitment ---------------------------------------------------------
HOPE = re.compile(
    r"\b(?:berharap|diharap|diharapkan|mengharap|mengharapkan|harap|harapan|harapannya|semoga|mudah-mudahan|moga-moga"
    r"|mengajak|mengimbau|diimbau|menghimbau|dihimbau|mendorong agar|meminta agar|bercita-cita|ingin|berkeinginan"
    r"|diminta|meminta|minta|memerintahkan|mendesak|menginstruksikan|menyarankan|percaya|yakin|meyakini|optimis"
    r"|optimistis|memprediksi|diprediksi|memperkirakan|diperkirakan|mudah2an)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:jika|apabila|bila|bilamana|kalau|seandainya|andaikan|asalkan|asal|sepanjang|manakala|seumpama|dengan "
    r"syarat|dengan catatan)\b",
    re.IGNORECASE,
)
DUTY = re.compile(
    r"\b(?:harus|haruslah|wajib|mesti|perlu|perlunya|penting|pentingnya|sebaiknya|seharusnya|hendaknya|seyogianya"
    r"|mendesak)\b",
    re.IGNORECASE,
)
EARLIER = re.compile(
    r"\b(?:sebelumnya|terdahulu|tahun lalu|bulan lalu|pekan lalu|minggu lalu|silam|tempo hari|pernah|selama ini)\b",
    re.IGNORECASE,
)
PURPOSE_END = re.compile(
    r"(?:^|[,;]?\s)(?:sehingga|agar|supaya|demi|dengan harapan|yang diharapkan|yang mana|karena|mengingat|sebab"
    r"|sebagaimana)\b",
    re.IGNORECASE,
)

# --- who says something ----------------------------------------------------------------------------
SAYING_VERBS = (
    "mengatakan|menyampaikan|menyampaikan bahwa|menjelaskan|menegaskan|menekankan|menambahkan|menyebut|menyebutkan"
    "|mengungkapkan|menuturkan"
    "|memaparkan|menerangkan|menyatakan|mengaku|mengakui|memastikan|menyambut|mengapresiasi|berharap|mengimbau"
    "|menghimbau"
    "|mengingatkan|menilai|mengajak|berpesan|berjanji|memuji|melaporkan|mengucapkan|mengutarakan|menuturkan|membenarkan"
    "|menyoroti|meminta|merespons|menanggapi|menguraikan|mengusulkan|menyarankan|berujar|berkata"
)
SAID = (
    "ujar|kata|jelas|ungkap|tutur|tegas|tambah|imbuh|papar|ucap|lanjut|terang|sebut|pungkas|cetus|tandas|sambung"
    "|urai|pesan|beber|harap|tukas|timpal|jawab|imbau|ajak|puji|aku|pinta|kisah|cerita|kenang|paparnya|tulis"
)

# --- what announces an outcome ----------------------------------------------------------------------
FORUM = any_of(
    """
    rapat|pertemuan|audiensi|koordinasi|diskusi|forum|kunjungan|musyawarah|mediasi|dialog|sidang|rakor|fgd|pembahasan
    kegiatan|acara|silaturahmi|konsultasi|rembuk|rembug|lokakarya|evaluasi|sinkronisasi|monev|vicon|zoom|apel|rakornas
    rakorda|sosialisasi|peninjauan|tinjauan|giat
    """
)
JOINT = any_of(
    """
    kedua belah pihak|kedua pihak|keduanya|para pihak|semua pihak|seluruh pihak|ketiga pihak|ketiganya|kedua instansi
    kedua lembaga|kedua institusi|ketiga instansi|seluruh peserta|peserta rapat|semua peserta|seluruh instansi
    semua yang hadir|para peserta|peserta pertemuan|forum|seluruh unsur|yang hadir|dua instansi|dua lembaga
    """
)

# --- verbs after "akan" -----------------------------------------------------------------------------
LINKING_ADVERBS = word_set(
    """
    juga segera kembali bersama bersama-sama turut ikut langsung pula secara lebih lagi sekaligus pun mulai
    sama-sama saling rutin bertahap berkala intensif periodik resmi serentak dahulu terlebih masing-masing nantinya
    kami sudah aktif proaktif gencar berkelanjutan berkesinambungan terpadu khusus rencananya lanjut tetap
    """
)
LASTING_ADVERBS = word_set(
    """
    terus selalu senantiasa semakin makin tetap konsisten terus-menerus
    """
)
VAGUE_VERBS = word_set(
    """
    meningkatkan ditingkatkan meningkat memperkuat diperkuat memperkokoh mendukung didukung mendorong didorong
    menjadi menjadikan dijadikan berdampak membantu dibantu mempermudah dipermudah memudahkan dimudahkan mengurangi
    berkurang mempercepat dipercepat memastikan mengoptimalkan dioptimalkan berjalan terwujud mewujudkan diwujudkan
    menjaga dijaga mengawal dikawal berupaya berusaha berjuang membawa memiliki mempunyai memperoleh mendapatkan
    mendapat menerima memberi memudahkan menentukan menciptakan menumbuhkan mengedepankan mempererat berperan
    bermanfaat menguntungkan menghasilkan menekan bertambah berlanjut membaik memengaruhi mempengaruhi tercapai
    tercipta terjalin terbentuk terlaksana terpenuhi terbantu terjadi ada datang menghadapi mengalami merasa
    merasakan dirasakan mengikuti diikuti melibatkan dihadiri menghadiri mencakup memuat berisi bergantung
    tergantung bekerja berpartisipasi memegang mematuhi menghormati memahami menyadari berpengaruh menjamin terjamin
    optimal maksimal menyejahterakan berkembang tumbuh dikenakan dikenai terkena diberlakukan habis berakhir hadir
    berangkat bersinergi berkolaborasi bermitra dituntut diuji memerlukan membutuhkan menimbulkan berbagi sulit
    mudah mampu memperhatikan diperhatikan diprioritaskan memprioritaskan bersikap menindak dikembalikan
    memaksimalkan dimaksimalkan menyukseskan mencegah dilindungi melindungi terlindungi bisa dapat menopang berlaku
    menyentuh
    """
)
CONCRETE_VERBS = word_set(
    """
    menggelar digelar melaksanakan dilaksanakan melakukan dilakukan menyelenggarakan diselenggarakan mengadakan
    diadakan menyusun disusun membentuk dibentuk mengirim dikirim mengirimkan dikirimkan menyerahkan diserahkan
    menyampaikan disampaikan menindaklanjuti ditindaklanjuti menyiapkan disiapkan mempersiapkan dipersiapkan
    memfasilitasi difasilitasi mengusulkan diusulkan mengundang diundang menandatangani ditandatangani membangun
    dibangun mendirikan didirikan membuka dibuka menerbitkan diterbitkan melatih dilatih mendata didata
    memverifikasi diverifikasi mengevaluasi dievaluasi memasang dipasang menjadwalkan dijadwalkan menugaskan
    ditugaskan menempatkan ditempatkan merumuskan dirumuskan berkunjung bertemu mengalokasikan dialokasikan membahas
    dibahas meninjau ditinjau merevisi direvisi memperbaiki diperbaiki menyalurkan disalurkan mendistribusikan
    didistribusikan menyediakan disediakan difokuskan menyosialisasikan mensosialisasikan disosialisasikan
    menganggarkan dianggarkan mengajukan diajukan menunjuk ditunjuk membuat dibuat melanjutkan dilanjutkan memulai
    dimulai meluncurkan diluncurkan menuangkan dituangkan mengumpulkan dikumpulkan memetakan dipetakan menetapkan
    ditetapkan membagikan dibagikan melengkapi dilengkapi memperbarui diperbarui mengintegrasikan diintegrasikan
    menghubungkan memanggil dipanggil mengunjungi dikunjungi mendampingi didampingi memantau dipantau memeriksa
    diperiksa menguji memusnahkan mengoperasikan dioperasikan mengaktifkan diaktifkan menurunkan diturunkan
    mengerahkan dikerahkan menambah ditambah memindahkan dipindahkan membersihkan dibersihkan menertibkan
    ditertibkan mengkaji dikaji menelaah menyelesaikan diselesaikan merampungkan dirampungkan membayar dibayarkan
    menyepakati merekrut direkrut berkoordinasi dikoordinasikan mengoordinasikan memberikan diberikan menggandeng
    menghibahkan dihibahkan meresmikan diresmikan menyurati bersurat mengumumkan diumumkan mengunggah memberlakukan
    menerapkan diterapkan memperluas diperluas mengembangkan dikembangkan menghadirkan dihadirkan mengintensifkan
    mengkoordinasikan menginventarisasi melaporkan dilaporkan memublikasikan memetakan menanam ditanam menjajaki
    dijajaki mengaspal diaspal memperpanjang diperpanjang mencetak menambahkan menginput menyinkronkan disinkronkan
    memadankan dipadankan merekonsiliasi membina memberangkatkan diberangkatkan memulangkan dipulangkan mengevakuasi
    membongkar dibongkar merelokasi direlokasi mengalihkan dialihkan menutup ditutup
    mendatangkan memajukan
    """
)
DESCRIBED = re.compile(  # what an event or a measure will be like, or bring about, is no promise
    r"\b(?:hal ini|hal itu|hal tersebut|ini semua|langkah (?:ini|itu|tersebut)|upaya (?:ini|itu|tersebut)"
    r"|kebijakan (?:ini|itu|tersebut)|sinergi (?:ini|itu|tersebut)"
    r"|kolaborasi (?:ini|itu|tersebut)|kerja ?sama (?:ini|itu|tersebut)|inovasi (?:ini|itu|tersebut)|dengan "
    r"demikian|dengan begitu|dampaknya|manfaatnya|hasilnya)\b",
    re.IGNORECASE,
)

# --- heads of list items ----------------------------------------------------------------------------
ACTION_NOUNS = word_set(
    """
    kolaborasi sinergi kerja kerjasama rapat bursa monitoring monev evaluasi kunjungan audiensi bimbingan studi uji
    bantuan dukungan layanan forum tim satgas posko pos jadwal integrasi sinkronisasi tindak rencana koordinasi job
    pertukaran survei kajian review reviu program sharing roadshow workshop magang razia patroli operasi gerakan
    kampanye akses nota temu pilot optimalisasi alokasi tata pola gelar laporan update
    """
)
ACTION_WORD = re.compile(
    r"(?:pe(?:m|n|ng|ny|r|l)?[a-z-]{2,}an|ke[a-z]{3,}an|[a-z]{3,}isasi|[a-z]{3,}(?:asi|isi|usi|ksi)|me[a-z-]{4,}"
    r"|ber[a-z-]{3,}|di[a-z-]{4,}|ter[a-z]{4,})",
    re.IGNORECASE,
)
CONTINUES = word_set(
    """
    sehingga agar supaya demi yang termasuk khususnya terutama baik seperti misalnya mulai dengan melalui oleh pada
    paling dalam di ke dari untuk sebelum setelah sesuai guna sampai hingga selambat-lambatnya selambatnya sebagai
    berikut beserta maupun tanpa secara antara bagi terkait meliputi mencakup berupa yakni yaitu kecamatan kelurahan
    desa kabupaten kota serta-merta minimal maksimal lengkap sekaligus atau karena berdasarkan bersama tempat
    diharapkan dimana di-mana sekitar sebanyak khusus selama setiap tiap
    """
)
ACTIVE = re.compile(r"(?:me[a-z-]{4,}|di[a-z]{4,})", re.IGNORECASE)
