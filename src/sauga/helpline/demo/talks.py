"""What children and adults bring in the demo: everyday worries in both languages. All of it is made up."""

from sauga.helpline.demo.stage import Talk

TALKS: tuple[Talk, ...] = (
    Talk(
        "PEE_CLASSMATES",
        (
            "Labas. Klasėje niekas nenori su manimi sėdėti.",
            "Labas, gerai, kad parašei. Turbūt dėl to liūdna?",
            "Taip. Anksčiau turėjau draugę, bet ji perėjo į kitą mokyklą.",
            "Suprantu, kad jos trūksta. Ar yra kas nors, su kuo gera pabūti per pertraukas?",
            "Gal viena mergaitė iš būrelio.",
            "Gal rytoj galėtum jos ko nors paklausti apie būrelį? Galime sugalvoti, kaip pradėti.",
        ),
        age=11,
        gender="GIRL",
        mood=("MOOD_2", "MOOD_4"),
    ),
    Talk(
        "VIO_CYBERBULLYING",
        (
            "sukūrė grupę be manęs ir ten deda mano nuotraukas su juokais",
            "Labas. Taip elgtis nėra gerai, ir tai ne tavo kaltė. Ar žinai, kas sukūrė grupę?",
            "keli iš klasės. nenoriu kad mokytoja sužinotų",
            (
                "Sprendi tu. Galime kartu pagalvoti, ką galėtum padaryti pirmiausia, pavyzdžiui, "
                "išsaugoti žinutes."
            ),
            "o ar galima kad tas nuotraukas ištrintų",
            "Taip. Parodysiu, kaip pranešti programėlėje, o jei nepavyks – yra ir kitų kelių.",
        ),
        age=13,
        internet=True,
        place="PLACE_MESSAGING",
        platform="PF_MESSENGER",
        risk="SOME",
        mood=("MOOD_2", "MOOD_3"),
    ),
    Talk(
        "FAM_CAREGIVER",
        (
            "mama su tėčiu vėl bara dėl telefono, atėmė visam mėnesiui",
            "Labas. Mėnuo – ilgas laikas. Dėl ko jie labiausiai neramūs?",
            "kad per daug žaidžiu. bet aš tik vakare",
            "Ar jie žino, kaip atrodo tavo vakaras? Kartais padeda pasiūlyti savo taisyklę.",
            "galėčiau pasiūlyti po valandą",
        ),
        age=12,
        gender="BOY",
        mood=("MOOD_3", "MOOD_4"),
    ),
    Talk(
        "EDU_SCHOOL",
        (
            "Bijau matematikos kontrolinio, negaliu užmigti.",
            "Labas. Prieš svarbius dalykus daug kas blogai miega. Kas baisiausia?",
            "Kad gausiu dvejetą ir visi žinos.",
            "O kas tada nutiktų? Pagalvokime kartu, žingsnis po žingsnio.",
        ),
        age=14,
        mood=("MOOD_2", "MOOD_4"),
    ),
    Talk(
        "NET_SCAM",
        (
            "paspaudžiau nuorodą ir dabar nebegaliu prisijungti prie savo paskyros",
            "Labas. Taip nutinka ir suaugusiems. Ar toje pačioje vietoje naudoji tą patį slaptažodį?",
            "taip visur tą patį",
            "Tada pirma pakeiskime jį ten, kur svarbiausia: el. pašte. Parašyk, kai būsi ten.",
            "padariau",
            "Puiku. Dabar atkurkime paskyrą, parodysiu kaip.",
        ),
        age=15,
        gender="BOY",
        internet=True,
        place="PLACE_SOCIAL_MEDIA",
        platform="PF_INSTAGRAM",
        mood=("MOOD_2", "MOOD_5"),
    ),
    Talk(
        "MEN_LONELINESS",
        (
            "nežinau kam rašyti. jaučiuosi vienas",
            "Labas. Gerai, kad parašei čia. Ar taip jautiesi seniai?",
            "nuo tada kai persikraustėm",
            "Nauja vieta, nauji žmonės – daug visko iš karto. Ko labiausiai trūksta iš senos vietos?",
            "krepšinio ir komandos",
            "Gal naujoje mokykloje irgi yra komanda? Galėtume pagalvoti, ko paklausti.",
        ),
        age=13,
        gender="BOY",
        risk="SOME",
        mood=("MOOD_1", "MOOD_3"),
    ),
    Talk(
        "PEE_FRIENDS",
        (
            "Susipykau su geriausia drauge ir nežinau kaip atsiprašyti",
            "Labas. Matyt, ji tau labai svarbi. Kas nutiko?",
            "Pasakiau jos paslaptį kitai.",
            "Pripažinti klaidą reikia drąsos. Kaip manai, ką jai būtų svarbiausia išgirsti?",
        ),
        age=12,
        gender="GIRL",
        mood=("MOOD_3", "MOOD_5"),
    ),
    Talk(
        "NET_USE",
        (
            "Hello, can I write in English? I cannot stop scrolling at night.",
            "Hello, of course you can. How late does it get?",
            "Two or three. Then I sleep in class.",
            "That sounds tiring. Shall we look for one small change for tonight?",
            "maybe the phone in the other room",
        ),
        age=16,
        internet=True,
        place="PLACE_VIDEO",
        platform="PF_TIKTOK",
        mood=("MOOD_3", "MOOD_4"),
        language="en",
    ),
)

CALLED: tuple[tuple[str, int, str], ...] = (
    ("LOC_TALK", 9, "GENDER_UNKNOWN"),
    ("PEE_CLASSMATES", 10, "BOY"),
    ("FAM_CAREGIVER", 14, "GIRL"),
    ("EDU_SCHOOL", 12, "BOY"),
    ("LOC_LEISURE", 8, "BOY"),
    ("PEE_FRIENDS", 11, "GIRL"),
    ("MEN_ANXIETY", 15, "GIRL"),
    ("INF_ABOUT_HELPLINE", 10, "GENDER_UNKNOWN"),
)
"""What calls are about: first topic, age, gender."""
