"""Who plays in the films. One person looks the same in every scene and in every part."""

from films.heads import Look
from films.people import Person

TEEN = {"shoulders": 20.5, "hips": 18.5, "height": 58.0}
CHILD = {"shoulders": 18.0, "hips": 17.0, "height": 47.0, "head_size": 0.87}
ADULT = {"shoulders": 23.5, "hips": 21.5, "height": 63.0, "head_size": 0.93}

MOTIEJUS = Person(Look("s1", "tousle", "h2", mouth="small"), "sage", "denim", "amber", seed=0.2, **TEEN)
UGNE = Person(Look("s1", "bob", "h5", mouth="small"), "amber", "linen", "rose", seed=1.1, **TEEN)
UGNE_MUM = Person(Look("s1", "lowbun", "h5", glasses=True), "pine", "linen", "rose", seed=2.3, **ADULT)
LUKAS = Person(Look("s1", "mop", "h1", mouth="small"), "denim", "linen", "chalk", seed=3.4, **TEEN)
GABIJA = Person(Look("s2", "pony", "h3", mouth="small"), "rose", "denim", "chalk", seed=4.2, **TEEN)
TEACHER = Person(Look("s2", "bun", "h4", old=True, glasses=True), "rose", "pine", "chalk", seed=5.1, **ADULT)
FIRST_MATE = Person(Look("s4", "buzz", "h3"), "linen", "pine", "amber", seed=2.6, **TEEN)
SECOND_MATE = Person(Look("s3", "puffs", "h3"), "rose", "denim", "chalk", seed=0.7, **TEEN)

ELZE = Person(Look("s1", "bob", "h2", mouth="small"), "amber", "denim", "chalk", seed=0.4, **TEEN)
MIJA = Person(Look("s4", "locs", "h3"), "sage", "linen", "rose", seed=1.9, **TEEN)
MIJA_DAD = Person(Look("s4", "buzz", "h3", beard="h3"), "linen", "denim", "chalk", seed=3.1, **ADULT)

AMIRA = Person(Look("s2", scarf="rose"), "sage", "denim", "chalk", seed=0.9, **TEEN)
AMINA = Person(Look("s3", scarf="amber"), "denim", "pine", "chalk", seed=1.4, **TEEN)
GIRL_MATE = Person(Look("s1", "highpony", "h5"), "sage", "denim", "chalk", seed=2.2, **TEEN)
BOY_MATE = Person(Look("s4", "buzz", "h3"), "denim", "pine", "straw", seed=3.7, **TEEN)
COACH = Person(Look("s1", "pony", "h1"), "pine", "linen", "rose", seed=4.6, **ADULT)

JOKUBAS = Person(Look("s1", "curls", "h2"), "amber", "denim", "chalk", seed=0.6, **CHILD)
FRIEND = Person(Look("s4", "buzz", "h3"), "rose", "linen", "pine", seed=1.8, **CHILD)
DAD = Person(Look("s1", "side", "h2", beard="h2"), "pine", "denim", "chalk", seed=2.9, **ADULT)
BOAT_GIRL = Person(Look("s2", "tails", "h3"), "rose", "denim", "amber", seed=0.3, **CHILD)
GRAN = Person(Look("s2", "perm", "h4", old=True, glasses=True), "sage", "pine", "rose", seed=1.3, **ADULT)

DAUGHTER = Person(Look("s2", "bob", "h3"), "amber", "pine", "chalk", seed=0.8, **CHILD)
MOTHER = Person(Look("s2", "bun", "h3"), "sage", "denim", "rose", seed=2.1, **ADULT)

CLASS_TEACHER = Person(
    Look("s2", "side", "h3", beard="h3", glasses=True), "denim", "pine", "chalk", seed=1.7, **ADULT
)
EMILIS = Person(Look("s1", "mop", "h5", mouth="small"), "amber", "linen", "chalk", seed=0.5, **CHILD)
EMILIS_FRIEND = Person(Look("s4", "puffs", "h3"), "sage", "denim", "rose", seed=2.7, **CHILD)
RASA = Person(Look("s3", "curls", "h3", mouth="small"), "rose", "denim", "chalk", seed=1.2, **CHILD)
RASA_MOTHER = Person(Look("s3", "bun", "h3"), "sage", "pine", "chalk", seed=3.3, **ADULT)
AUSTE = Person(Look("s1", "braid", "h2", mouth="small"), "sage", "denim", "rose", seed=0.9, **TEEN)
PEDAGOGUE = Person(Look("s1", "crop", "h4", old=True), "sage", "linen", "chalk", seed=2.4, **ADULT)
AMBASSADOR = Person(Look("s1", "bob", "h5", glasses=True), "pine", "linen", "rose", seed=0.3, **ADULT)
SECOND_AMBASSADOR = Person(Look("s4", "buzz", "h3", beard="h3"), "amber", "pine", "chalk", seed=1.5, **ADULT)
YOUNG_TEACHER = Person(Look("s1", "lowbun", "h1"), "rose", "pine", "chalk", seed=2.9, **ADULT)
THIRD_AMBASSADOR = Person(Look("s2", "wave", "h4", old=True), "denim", "linen", "rose", seed=2.2, **ADULT)
QUIET_BOY = Person(Look("s2", "flat", "h3", mouth="small"), "amber", "denim", "chalk", seed=1.0, **CHILD)
