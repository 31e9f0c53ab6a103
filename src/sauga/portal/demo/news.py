"""News of the demo: each item leads to what it announces, by addresses: resources are published after it."""

from typing import Any

from sauga.portal.demo.stage import head, page, ticks, words

type Item = tuple[int, dict[str, Any], dict[str, Any]]


NEWS: tuple[Item, ...] = (
    (
        4,
        page(
            "Jaunimo taryba siūlo aiškesnius skundo mygtukus programėlėse",
            "Penkiolika jaunuolių per du mėnesius peržiūrėjo dešimt programėlių.",
            words(
                "Jaunimo taryba dešimtyje programėlių ieškojo to paties. Kur pranešti apie įžeidžiantį ar "
                "gąsdinantį įrašą? Kas vyksta po to? Kai kur reikėjo septynių paspaudimų, o pusė "
                "programėlių taip ir nepasakė, kuo viskas baigėsi.",
                "Taryba siūlo du dalykus. Pirma, kad pranešti būtų galima dviem paspaudimais iš paties "
                "įrašo, ne iš nustatymų. Antra, kad atsakymas ateitų per savaitę ir jame būtų parašyta, "
                "kodėl įrašas pašalintas arba paliktas.",
            ),
            head("Kas bus toliau"),
            words(
                "Centras pasiūlymą perduoda tiems, kas gali jį įgyvendinti. Atsakyti reikia raštu, su "
                "priežastimi ir iki nustatytos dienos. Pasiūlymas, terminas ir atsakymas matomi visiems: "
                'žiūrėkite puslapį <a href="/lt/jaunimo-taryba/">Jaunimo taryba</a>. Ten pat parašyta, kas '
                "jau padaryta po ankstesnių pasiūlymų ir kas nepadaryta.",
            ),
            head("Ką gali padaryti jau dabar"),
            ticks(
                "Apie įrašą pranešk pačioje programėlėje ir pasižymėk dieną.",
                "Padaryk ekrano nuotrauką, kol įrašas dar matomas.",
                "Jei niekas neatsako arba bijai, pasikalbėk su suaugusiuoju arba su Vaikų linija.",
            ),
        ),
        page(
            "The youth panel asks for clearer report buttons in apps",
            "Fifteen young people looked through ten apps in two months.",
            words(
                "In ten apps the youth panel looked for the same thing: where to report a hurtful or "
                "frightening post, and what happens afterwards. In some it took seven taps, and half of the"
                " apps never said how it ended.",
                "The panel asks for two things. First, that reporting takes two taps, from the post itself "
                "and not from the settings. Second, that an answer comes within a week and says why the "
                "post was removed or why it stays.",
            ),
            head("What happens next"),
            words(
                "The centre passes the proposal on to those who can carry it out. They must answer in "
                "writing, with a reason and by a set day. Proposal, deadline and answer are public: see the"
                ' page of the <a href="/en/youth-panel/">youth panel</a>. It also says what has been done '
                "after earlier proposals, and what has not.",
            ),
            head("What you can do now"),
            ticks(
                "Report the post in the app, and note the day.",
                "Take a screenshot while the post can still be seen.",
                "If nobody answers or you are afraid, talk to an adult or to Childline.",
            ),
        ),
    ),
    (
        7,
        page(
            "Paskyros apsauga per dešimt minučių: vadovas tėvams",
            "Septyni žingsniai, kurie tinka daugumai programėlių. Galima atsispausdinti.",
            words(
                "Parengėme trumpą vadovą tėvams ir visiems, kas nori apsaugoti savo paskyras. Jame septyni "
                "žingsniai: ilgas slaptažodis, antras patvirtinimas, atsarginis telefono numeris, kas mato "
                "įrašus ir kas gali parašyti. Du paskutiniai – kokie įrenginiai prisijungę ir ką daryti, "
                "jei į paskyrą pateko svetimas žmogus.",
                "Vadovas parengtas kartu su mokyklų bibliotekininkais. Juo jau naudojosi kelios šeimos. "
                "Pagal jų klausimus paaiškinome du sunkiausius žingsnius. Pirmas – kaip įjungti antrą "
                "patvirtinimą. Antras – kur rasti prisijungusių įrenginių sąrašą. Abu telefonuose atrodo "
                "skirtingai, todėl parodėme, kokių žodžių ieškoti.",
            ),
            head("Kaip juo naudotis"),
            ticks(
                "Atsisėskite dviese: vaikas su savo telefonu, Jūs – su savo.",
                "Pirmiausia apsaugokite el. pašto paskyrą: per ją atkuriami visi kiti slaptažodžiai.",
                "Kas nepavyko per dešimt minučių, pasižymėkite ir grįžkite rytoj.",
            ),
            words(
                'Vadovas: <a href="/lt/istekliai/privatumo-nustatymai-vadovas/">Paskyros apsauga per dešimt '
                "minučių</a>.",
                'Kam skaityti sunku, tas pats yra <a href="/lt/istekliai/paskyra-lengvai/">lengvai '
                "suprantama kalba</a>: trumpi sakiniai ir paveikslėliai. Vadovą galima spausdinti, dalyti "
                "tėvų susirinkime ir pritaikyti savo mokyklai.",
            ),
        ),
        page(
            "Secure an account in ten minutes: a guide for parents",
            "Seven steps that fit most apps. It can be printed.",
            words(
                "We have made a short guide for parents and for everybody who wants to secure their "
                "accounts. Five of the seven steps: a long password, a second step at sign-in, a recovery "
                "phone number, who sees your posts, who may write. The sixth is which devices are "
                "signed in. The last is what to do when a stranger has got into the account.",
                "The guide was made together with school librarians. Some families have used it already. "
                "After their questions we explained the two hardest steps. One is how to turn on the second"
                " step. The other is where to find the list of devices that are signed in.",
            ),
            head("How to use it"),
            ticks(
                "Sit down together: the child with their phone, you with yours.",
                "Begin with the email account: all other passwords are recovered through it.",
                "Note what did not work within ten minutes, and come back to it tomorrow.",
            ),
            words(
                'The guide: <a href="/en/resources/privacy-settings-guide/">Secure an account in ten '
                "minutes</a>.",
                "For those who find reading hard, the same is there in <a "
                'href="/en/resources/account-easy-read/">easy-to-read language</a>: short sentences and '
                "pictures. The guide can be printed, handed out at a parents’ evening and adapted for your "
                "school.",
            ),
        ),
    ),
    (
        12,
        page(
            "Seminaro „Pirmas telefonas“ įrašas – su subtitrais ir teksto išrašu",
            "Penkiasdešimt minučių tėvams, kurie nebuvo bibliotekoje tą vakarą.",
            words(
                "Lapkritį tėvų vakarą apie pirmą vaiko telefoną rodė bibliotekos visoje Lietuvoje. Kas "
                "negalėjo ateiti, gali pažiūrėti dabar. Įraše – pradžios filmukas, septyni trumpi skyriai "
                "ir atsakymai į tėvų klausimus.",
                "Įrašas turi subtitrus ir teksto išrašą, tad jį galima skaityti, jei nepatogu klausyti. "
                "Kiekvienas skyrius trunka penkias–aštuonias minutes, juos galima žiūrėti po vieną. Po "
                "kiekvieno skyriaus – vienas klausimas pokalbiui namuose. Bibliotekos įrašą gali rodyti ir "
                "tėvų klube.",
            ),
            head("Apie ką kalbama"),
            ticks(
                "Kada vaikui reikia telefono ir ką sutarti iš anksto.",
                "Ką nustatyti kartu pirmą vakarą.",
                "Ką daryti, kai telefonas trukdo miegui ar pamokoms.",
                "Kaip kalbėtis, kai vaikas pamatė tai, kas jį išgąsdino.",
            ),
            words(
                'Žiūrėkite čia: <a href="/lt/istekliai/tevu-vakaras-irasas/">Seminaro įrašas: pirmas '
                "telefonas</a>.",
                'Kiti vakarai – puslapyje <a href="/lt/mokymai/vebinarai/">Vebinarai</a>: juos galima '
                "žiūrėti namuose be paskyros arba artimiausioje bibliotekoje. Klausimą galima užduoti be "
                "vardo.",
            ),
        ),
        page(
            "The webinar “The first phone” is recorded, with captions and a transcript",
            "Fifty minutes for parents who were not at the library that evening.",
            words(
                "In November libraries all over Lithuania showed the evening for parents about a child’s "
                "first phone. If you could not come, you can watch it now. There are an opening film, seven"
                " short chapters, and answers to the questions of parents.",
                "The recording has captions and a transcript, so that it can be read where listening is "
                "awkward. Each chapter takes five to eight minutes, and they can be watched one at a time.",
            ),
            head("What it is about"),
            ticks(
                "When a child needs a phone, and what to agree on beforehand.",
                "What to set up together on the first evening.",
                "What to do when the phone gets in the way of sleep or homework.",
                "How to talk when a child has seen something frightening.",
            ),
            words(
                'Watch it here: <a href="/en/resources/parents-evening-recording/">Webinar recording: the '
                "first phone</a>.",
                'More evenings are on the page <a href="/en/training/webinars/">Webinars</a>: at home '
                "without an account, or in the nearest library. Questions can be asked without a name.",
            ),
        ),
    ),
)
