"""SCORM 1.2 and SCORM 2004 (4th edition): one lesson with our own runtime wrapper, which reports completion
and score to the LMS.
"""

from xml.sax.saxutils import escape, quoteattr

from sauga.repository.adaptations.editions import Content, assets, drawn, logo_bytes, logo_name, static

ROOTS = {
    "scorm12": (
        (
            'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
            'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
        ),
        "1.2",
        "adlcp:scormtype",
    ),
    "scorm2004": (
        'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
        'xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" '
        'xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" '
        'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"',
        "2004 4th Edition",
        "adlcp:scormType",
    ),
}

SEQUENCING = (
    '\n        <imsss:sequencing><imsss:deliveryControls completionSetByContent="true" '
    'objectiveSetByContent="true"/></imsss:sequencing>'
)


def files(content: Content, channel: str, language: str, *, status: str) -> dict[str, bytes]:
    """The files of the package in one language; `imsmanifest.xml` is at its root."""
    logo = logo_name(content)
    made = assets()
    page = drawn(
        "repository/deployments/offline.html",
        content,
        language,
        pages=[],
        logo=logo,
        status=status,
        scorm=True,
        enclosed=[],
    )
    made["index.html"] = page.encode()
    made["assets/scorm.js"] = static("repository/scorm.js")
    if logo:
        made[logo] = logo_bytes(content)
    made["LICENCE.txt"] = "\n".join(content["credits"][language]).encode()
    made["imsmanifest.xml"] = manifest(content, channel, language, sorted(made)).encode()
    return made


def manifest(content: Content, channel: str, language: str, names: list[str]) -> str:
    """`imsmanifest.xml`: one organisation, one item, one resource with every file."""
    spaces, version, kind = ROOTS[channel]
    title = escape(content["title"][language])
    listed = "\n".join(f"      <file href={quoteattr(name)}/>" for name in names)
    sequencing = SEQUENCING if channel == "scorm2004" else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="sauga-{content["ref"].lower()}-{language}" version="1" {spaces}>
  <metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>
  <organizations default="kursas">
    <organization identifier="kursas">
      <title>{title}</title>
      <item identifier="dalis" identifierref="turinys">
        <title>{title}</title>{sequencing}
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="turinys" type="webcontent" {kind}="sco" href="index.html">
{listed}
    </resource>
  </resources>
</manifest>
"""
