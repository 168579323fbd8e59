"""The words offices are named with."""

from commitments.reading.release.words import word_set

# Words that open the name of an office; what follows is its name.
HEADS = word_set(
    """
    kementerian kemenko kementrian dinas sudin sudis badan balai kanwil kantor pemkot pemkab pemprov pemda pemdes
    pemerintah polres polresta polrestabes polda polsek polri kodim koramil korem kodam lanal lanud kejaksaan
    kejari kejati pengadilan dprd dpr dpd bappeda bappelitbangda bapperida bapenda bpkad bkpsdm bkd bkpp bpbd bnpb
    bnn bnnp bnnk bps bpom bpn bmkg bpjs bpk bpkp bawaslu kpu kpid basarnas inspektorat sekretariat direktorat
    ditjen deputi puskesmas rsud rsup rumah-sakit universitas politeknik institut sekolah stikes akademi smk sma
    smp sd madrasah man mts pt cv ud asosiasi perhimpunan persatuan ikatan himpunan yayasan forum lembaga komisi
    komite perum perumda perusahaan bank koperasi kecamatan kelurahan desa kalurahan upt uptd upbjj bagian bidang
    gugus satgas satuan kadin apindo baznas bumdes bumd pdam pln bulog museum perpustakaan jaringan dewan
    ombudsman imigrasi bea loka stasiun pelabuhan bandara otoritas mahkamah majelis karang kwartir palang
    laboratorium unit pusat tim rutan lapas bapas serikat federasi konsulat kedutaan kbri kjri lsp blk bp3mi bp2mi
    kp2mi p4mi bnp2tki ltsa kua mui pkk bappenas kpk lpsk bkkbn ojk kesbangpol bakesbangpol satpol pmi pwi aji komnas
    """
)
# Heads that are also common words: they open a name only with a capital and a capitalised word after them.
COMMON_HEADS = word_set(
    """
    badan balai kantor bagian bidang bank desa forum gugus pusat tim unit satuan sekolah lembaga dewan komisi
    komite jaringan majelis kecamatan kelurahan kalurahan stasiun pelabuhan bandara perusahaan koperasi pemerintah
    museum perpustakaan laboratorium bea karang palang loka deputi akademi institut serikat otoritas
    """
)
NEVER_ALONE = (
    word_set(
        "dinas kementerian universitas direktorat asosiasi yayasan kedutaan sd smp sma smk man mts pt cv ud pmi man"
    )
    | COMMON_HEADS
)
DIS = word_set(
    """
    disnaker disnakertrans disnakertransgi disnakerin disnakerperin disdik disdikbud disdikpora dinkes dinsos
    disperindag disperin disdag dishub diskominfo diskominfotik disdukcapil disparbud dispar disporapar
    disporabudpar dispora distan dispertan distanak dislutkan diskanlut dispusip disperpusip diskop diskopukm dlh
    dpmd dpmptsp dpupr dputr pupr dp3a dp3ap2kb dppkb dpppa ppapp bpkad disperkim perkim damkar gulkarmat dinkop
    dinsosnaker dinsospm dindik distanhorti disbun dishut kominfo dispermades dispendik dispenduk dpkp dkp
    dkpp dkukmp dpu dpubmp dpuprpkp bpprd
    """
)
# Words of an office's business: after a comma they go on with its name.
BUSINESS = word_set(
    """
    pelindungan perlindungan pengendalian perumahan permukiman transmigrasi energi kebudayaan riset teknologi
    kependudukan pencatatan koperasi usaha perdagangan perindustrian pertanahan pemberdayaan pariwisata pemuda
    olahraga kelautan pertanian peternakan perikanan ketahanan pangan lingkungan kehutanan komunikasi informatika
    statistik persandian perhubungan penanaman pelayanan penataan pekerjaan bina tata cipta ruang sumber arsip
    perpustakaan kearsipan penelitian pengembangan perencanaan pembangunan keluarga perempuan anak masyarakat
    hortikultura perkebunan kesehatan pendidikan sosial ekonomi kreatif industri ketenagakerjaan tenaga pemadam
    penanggulangan penyelamatan kepemudaan kebakaran hukum pengayoman imigrasi pemasyarakatan kesatuan politik
    aset pendapatan keuangan kepegawaian
    """
)
PLACE_WORDS = word_set(
    """
    kabupaten kab kota provinsi prov propinsi administrasi kecamatan desa kelurahan wilayah ri republik daerah kec
    """
)
# Words inside a name that need no capital.
INNER = word_set("dan serta bidang untuk di untuk urusan kelas tipe jenderal")
# Posts end a name: "Dinas Sosial dan Kepala ...".
POSTS = word_set(
    """
    kepala wakil wali walikota bupati gubernur menteri sekretaris direktur ketua camat lurah kapolres kapolda
    kapolsek dandim danramil kabid kabag kasi kadis kanit kasudin kasubag kasubbag kasubdit kabiro asisten staf
    rektor dekan plt plh pj ibu bapak presiden komisaris manajer general anggota koordinator danrem pangdam kajari
    kajati kakanwil kasat kasatpol kabinda sekda sekretariat sekjen dirjen deputi inspektur kapus kaban kadin
    kadinkes kadisnaker hakim komandan pimpinan perwakilan pejabat para kombes akbp akp brigjen irjen dr ir drs
    prof hj mendagri mensos menkes menaker
    """
) - {"sekretariat", "deputi", "kadin"}
ENDS = word_set(
    """
    senin selasa rabu kamis jumat sabtu minggu januari februari maret april mei juni juli agustus september
    oktober november desember jl ruang aula gedung dalam pada yang akan telah ini itu tersebut nomor no
    tahun indonesia- turut hadir kami ia dia melalui selain sementara menurut
    """
)
# Places after which the name of an office has ended, when no direction follows ("Kalbar", "Banten").
SHORT_PLACES = word_set(
    """
    kalbar kalsel kaltim kalteng kaltara sultra sulsel sulteng sulbar sulut jabar jateng jatim jakbar jaktim
    jakut jaksel
    jakpus sumut sumbar sumsel babel kepri ntb ntt diy banten lampung bengkulu jambi riau aceh bali gorontalo
    """
)
DIRECTIONS = word_set("barat timur utara selatan tengah besar daya laut darat raya jaya dan")
# What is no single office although it is written like one.
GENERIC = (
    "satuan kerja perangkat", "unit kerja", "organisasi perangkat", "perangkat daerah", "pemerintah pusat",
    "sekolah menen", "sekolah dasar", "kelurahan migran", "desa migran", "forum group", "focus group",
)  # fmt: skip
NO_NAMES = frozenset(
    ("pemerintah daerah", "pemerintah kota", "pemerintah kabupaten", "pemerintah provinsi", "kantor wilayah")
)
