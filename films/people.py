"""A person at one moment: where the body is, what the head does, where the hands are."""

import math
from dataclasses import dataclass, field
from typing import Any

from films.heads import Look, hair_styles, head
from films.limbs import Widths, cross_legs, hand, legs, limb, reach, walking_leg, within
from films.motion import blinks, sway
from films.shapes import Point, group, num, path, scaled


@dataclass(frozen=True)
class Person:
    """Who somebody is: head, build and clothes. `at()` puts them into a scene."""

    look: Look
    top: str
    trousers: str = "denim"
    shoes: str = "chalk"
    head_size: float = 0.9
    shoulders: float = 21
    hips: float = 19
    height: float = 58
    seed: float = 0.0

    def at(self, x: float, y: float, t: float, **pose: Any) -> "Figure":
        """This person with the neckline at (x, y) at second t; they breathe and blink by themselves."""
        return Figure(self, x, y + sway(t, 0.5, 3.4, self.seed * 0.31), t, **pose)


@dataclass
class Figure:
    """A person in a scene. `flip` turns the head to the left; `tilt` bends it towards what it looks at."""

    who: Person
    x: float
    y: float
    t: float
    flip: bool = False
    tilt: float = 4
    lean: float = 0
    height: float = 0
    nod: Point = (0, 0)
    face: dict[str, Any] = field(default_factory=dict)

    @property
    def child(self) -> bool:
        """Whether the build is that of a child."""
        return self.who.shoulders < 20

    @property
    def tall(self) -> float:
        """From the neckline to the hem of the top."""
        return self.height or self.who.height

    @property
    def head_at(self) -> Point:
        """The middle of the head."""
        aside = -3 if self.flip else 3
        return self.x + aside + self.nod[0], self.y - 20.5 * self.who.head_size + self.nod[1]

    def neck(self) -> str:
        """The neck, and long hair that falls behind the shoulders."""
        size = self.who.head_size / 0.92
        (x0, y0), x1 = self.head_at, self.x
        y0 += 9 * size
        length = max(self.y + 4.5 - y0, 8)
        a = 5.2 * size
        return self._long_hair() + path(
            f"M{num(x0 - a)} {num(y0)}C{num(x0 - a)} {num(y0 + length * 0.4)} {num(x1 - a - 0.3)}"
            f" {num(y0 + length * 0.8)}"
            f" {num(x1 - a - 1.4)} {num(y0 + length)}Q{num(x1)} {num(y0 + length + 5)} {num(x1 + a + 1.4)}"
            f" {num(y0 + length)}C{num(x1 + a + 0.3)} {num(y0 + length * 0.8)} {num(x0 + a)}"
            f" {num(y0 + length * 0.4)}"
            f" {num(x0 + a)} {num(y0)}Z",
            self.who.look.skin,
        )

    def _long_hair(self) -> str:
        look = self.who.look
        if look.hair != "long" or look.scarf:
            return ""
        behind = path(scaled(hair_styles()["long"]["behind"][0], self.who.head_size), look.hair_colour)
        return group(behind, *self.head_at, turn=-self.tilt if self.flip else self.tilt, flip=self.flip)

    def torso(self, detail: str = "") -> str:
        """The upper body; `detail` is drawn on it, around the neckline as origin."""
        x, y, wide, hips = self.x, self.y, self.who.shoulders, self.who.hips
        neck = 7.5 if wide >= 19 else 6.5
        side, low, bottom = y + 15, y + self.tall, self.x + self.lean
        outline = (
            f"M{num(x - neck)} {num(y)}C{num(x - neck - 6)} {num(y + 3)} {num(x - wide + 3)}"
            f" {num(y + 3)} {num(x - wide)}"
            f" {num(side)}L{num(bottom - hips)} {num(low)}L{num(bottom + hips)}"
            f" {num(low)}L{num(x + wide)} {num(side)}"
            f"C{num(x + wide - 3)} {num(y + 3)} {num(x + neck + 6)} {num(y + 3)} {num(x + neck)} {num(y)}"
            f"Q{num(x)} {num(y + 10)} {num(x - neck)} {num(y)}Z"
        )
        return path(outline, self.who.top) + (group(detail, x, y) if detail else "")

    def head(self) -> str:
        """The head with the face of this moment."""
        changes = dict(self.face)
        if blinks(self.t, self.who.seed) and changes.get("eyes", "dot") == "dot":
            changes["eyes"] = "shut"
        look = self.who.look.but(**changes, hair_behind=self.who.look.hair != "long")
        tilt = self.tilt + sway(self.t, 0.8, 4.3, self.who.seed * 0.17)
        return group(
            head(look, self.who.head_size), *self.head_at, turn=-tilt if self.flip else tilt, flip=self.flip
        )

    def body(self, detail: str = "") -> str:
        """Neck, upper body and head."""
        return self.neck() + self.torso(detail) + self.head()

    def shoulder(self, side: str) -> Point:
        """Where an arm begins; "l" and "r" as we see them."""
        offset = self.who.shoulders - self._arm_widths()[0]
        return (self.x - offset if side == "l" else self.x + offset), self.y + 17

    def _arm_widths(self) -> Widths:
        return (6, 5.8, 4.8) if self.child else (7, 6.6, 5.2)

    def arm(
        self,
        side: str,
        to: Point,
        kind: str = "rest",
        *,
        turn: float | None = None,
        bend: int = 0,
        length: float = 0,
    ) -> str:
        """An arm whose wrist is at `to`, or as near as it reaches; without `bend` the elbow hangs down."""
        start = self.shoulder(side)
        long = length or {True: 24, False: 28}[self.child] * (1.1 if self.who.shoulders >= 23 else 1)
        end = within(start, to, long * 2 - 0.5)
        out = -1 if side == "l" else 1
        if bend:
            joint = reach(start, end, long, long, bend)
        else:
            joint = max(
                (reach(start, end, long, long, one) for one in (1, -1)),
                key=lambda e: e[1] + 0.55 * out * e[0],
            )
        angle = math.degrees(math.atan2(end[1] - joint[1], end[0] - joint[0])) if turn is None else turn
        mirror = math.cos(math.radians(angle)) < 0
        size = 0.9 if self.child else 1
        made = hand(kind, end, angle, self.who.look.skin, mirror=mirror, size=size) if kind else ""
        return made + limb(start, joint, end, self._arm_widths(), self.who.top)

    def hang(self, side: str, swing: float = 0) -> str:
        """An arm that hangs at ease; `swing` moves the hand to the side."""
        x, y = self.shoulder(side)
        out = -1 if side == "l" else 1
        long = 24 if self.child else 28
        return self.arm(side, (x + out * 3 + swing, y + long * 1.93 - abs(swing) * 0.12))

    def legs(self, hem: float = 205) -> str:
        """Both legs, facing us, standing or with the thighs hidden by a table."""
        hip = self.y + self.tall - 8
        return legs(self.x + self.lean, hip, hem, self.who.trousers, self.who.shoes, child=self.child)

    def crossed(self, wide: float = 40, y: float = 206) -> str:
        """Crossed legs on the floor or in a beanbag."""
        return cross_legs(self.x + self.lean, self.who.trousers, self.who.shoes, wide, y)

    def walking(
        self, phase: float, *, flip: bool, step: float = 15, floor: float = 214, detail: str = ""
    ) -> str:
        """The whole figure as it walks: legs, swinging arms, the body going up and down."""
        swing = math.cos(2 * math.pi * phase) * step * 0.8 * (-1 if flip else 1)
        rise = abs(math.sin(2 * math.pi * phase)) * step * 0.1
        self.y -= rise
        hip = self.x + self.lean, self.y + self.tall - 5

        def leg(moment: float, side: float) -> str:
            start = (hip[0] + side, hip[1])
            cloth, shoes = self.who.trousers, self.who.shoes
            return walking_leg(start, moment, cloth, shoes, step=step, flip=flip, floor=floor)

        far, near = ("r", "l") if not flip else ("l", "r")
        back, ahead = (4, -4) if not flip else (-4, 4)
        made = self.hang(far, -swing) + leg(phase + 0.5, back) + leg(phase, ahead)
        return made + self.neck() + self.torso(detail) + self.head() + self.hang(near, swing)
