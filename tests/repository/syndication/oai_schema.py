"""What an answer must look like, as an XML Schema in the words of the protocol (version 2.0, §§ 3.2, 4 and
its schema), for `lxml`.

The published schema files do not lie offline; this one was written anew from the text. It knows the envelope,
every verb, the error codes, the order of elements, identifiers, dates, sets and tokens. What stands within
`metadata` is looked at by format, below.
"""

from lxml import etree

ENVELOPE = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://www.openarchives.org/OAI/2.0/"
    targetNamespace="http://www.openarchives.org/OAI/2.0/" elementFormDefault="qualified">
  <xs:element name="OAI-PMH"><xs:complexType><xs:sequence>
    <xs:element name="responseDate" type="second"/>
    <xs:element name="request" type="request"/>
    <xs:choice>
      <xs:element name="error" type="error" maxOccurs="unbounded"/>
      <xs:element name="Identify" type="identify"/>
      <xs:element name="ListMetadataFormats" type="formats"/>
      <xs:element name="ListSets" type="sets"/>
      <xs:element name="GetRecord"><xs:complexType><xs:sequence><xs:element name="record" type="record"/>
        </xs:sequence>
    </xs:complexType></xs:element>
      <xs:element name="ListIdentifiers"><xs:complexType><xs:sequence>
        <xs:element name="header" type="header" maxOccurs="unbounded"/>
          <xs:element name="resumptionToken" type="token" minOccurs="0"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="ListRecords"><xs:complexType><xs:sequence>
        <xs:element name="record" type="record" maxOccurs="unbounded"/>
          <xs:element name="resumptionToken" type="token" minOccurs="0"/>
      </xs:sequence></xs:complexType></xs:element>
    </xs:choice>
  </xs:sequence></xs:complexType></xs:element>
  <xs:simpleType name="second"><xs:restriction base="xs:dateTime">
    <xs:pattern value=".*T\\d{2}:\\d{2}:\\d{2}Z"/></xs:restriction>
    </xs:simpleType>
  <xs:simpleType name="when"><xs:union memberTypes="xs:date second"/></xs:simpleType>
  <xs:simpleType name="verb"><xs:restriction base="xs:string"><xs:enumeration value="Identify"/>
    <xs:enumeration value="ListMetadataFormats"/>
    <xs:enumeration value="ListSets"/><xs:enumeration value="GetRecord"/>
      <xs:enumeration value="ListIdentifiers"/>
    <xs:enumeration value="ListRecords"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="prefix"><xs:restriction base="xs:string">
    <xs:pattern value="[A-Za-z0-9\\-_\\.!~\\*'\\(\\)]+"/></xs:restriction>
    </xs:simpleType>
  <xs:simpleType name="spec"><xs:restriction base="xs:string">
    <xs:pattern value="([A-Za-z0-9\\-_\\.!~\\*'\\(\\)])+(:[A-Za-z0-9\\-_\\.!~\\*'\\(\\)]+)*"/>
      </xs:restriction></xs:simpleType>
  <xs:complexType name="request"><xs:simpleContent><xs:extension base="xs:anyURI">
    <xs:attribute name="verb" type="verb"/><xs:attribute name="identifier" type="xs:anyURI"/>
    <xs:attribute name="metadataPrefix" type="prefix"/>
    <xs:attribute name="from" type="when"/><xs:attribute name="until" type="when"/>
      <xs:attribute name="set" type="spec"/>
    <xs:attribute name="resumptionToken" type="xs:string"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:complexType name="error"><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="code" use="required"><xs:simpleType>
    <xs:restriction base="xs:string"><xs:enumeration value="cannotDisseminateFormat"/>
      <xs:enumeration value="idDoesNotExist"/>
    <xs:enumeration value="badArgument"/><xs:enumeration value="badVerb"/>
      <xs:enumeration value="noMetadataFormats"/>
    <xs:enumeration value="noRecordsMatch"/><xs:enumeration value="badResumptionToken"/>
      <xs:enumeration value="noSetHierarchy"/>
    </xs:restriction></xs:simpleType></xs:attribute></xs:extension></xs:simpleContent></xs:complexType>
  <xs:complexType name="identify"><xs:sequence>
    <xs:element name="repositoryName" type="xs:string"/><xs:element name="baseURL" type="xs:anyURI"/>
    <xs:element name="protocolVersion" type="xs:string" fixed="2.0"/>
    <xs:element name="adminEmail" maxOccurs="unbounded"><xs:simpleType><xs:restriction base="xs:string">
      <xs:pattern value="\\S+@(\\S+\\.)+\\S+"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="earliestDatestamp" type="second"/>
    <xs:element name="deletedRecord"><xs:simpleType><xs:restriction base="xs:string">
      <xs:enumeration value="no"/>
      <xs:enumeration value="persistent"/><xs:enumeration value="transient"/></xs:restriction>
        </xs:simpleType></xs:element>
    <xs:element name="granularity" type="xs:string" fixed="YYYY-MM-DDThh:mm:ssZ"/>
    <xs:element name="compression" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="formats"><xs:sequence><xs:element name="metadataFormat" maxOccurs="unbounded">
    <xs:complexType><xs:sequence>
    <xs:element name="metadataPrefix" type="prefix"/><xs:element name="schema" type="xs:anyURI"/>
    <xs:element name="metadataNamespace" type="xs:anyURI"/></xs:sequence></xs:complexType></xs:element>
      </xs:sequence></xs:complexType>
  <xs:complexType name="sets"><xs:sequence><xs:element name="set" maxOccurs="unbounded"><xs:complexType>
    <xs:sequence>
    <xs:element name="setSpec" type="spec"/><xs:element name="setName" type="xs:string"/></xs:sequence>
      </xs:complexType></xs:element>
    <xs:element name="resumptionToken" type="token" minOccurs="0"/></xs:sequence></xs:complexType>
  <xs:complexType name="header"><xs:sequence><xs:element name="identifier" type="xs:anyURI"/>
    <xs:element name="datestamp" type="second"/>
    <xs:element name="setSpec" type="spec" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="status"><xs:simpleType><xs:restriction base="xs:string">
      <xs:enumeration value="deleted"/></xs:restriction>
    </xs:simpleType>
    </xs:attribute></xs:complexType>
  <xs:complexType name="record"><xs:sequence><xs:element name="header" type="header"/>
    <xs:element name="metadata" minOccurs="0">
    <xs:complexType>
    <xs:sequence><xs:any namespace="##other" processContents="skip"/></xs:sequence></xs:complexType>
      </xs:element></xs:sequence>
    </xs:complexType>
  <xs:complexType name="token"><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="expirationDate" type="xs:dateTime"/>
    <xs:attribute name="completeListSize" type="xs:positiveInteger"/>
      <xs:attribute name="cursor" type="xs:nonNegativeInteger"/>
    </xs:extension></xs:simpleContent></xs:complexType>
</xs:schema>"""
OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
LOM = "{http://ltsc.ieee.org/xsd/LOM}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FIFTEEN = set(
    [
        "title",
        "creator",
        "subject",
        "description",
        "publisher",
        "contributor",
        "date",
        "type",
        "format",
        "identifier",
        "source",
        "language",
        "relation",
        "coverage",
        "rights",
    ]
)
CHILDREN = {
    "lom": "general lifeCycle metaMetadata technical educational rights relation classification",
    "general": "identifier title language description keyword coverage structure aggregationLevel",
    "lifeCycle": "version status contribute",
    "contribute": "role entity date",
    "metaMetadata": "identifier contribute metadataSchema language",
    "technical": "format size location requirement installationRemarks otherPlatformRequirements duration",
    "educational": "interactivityType learningResourceType "
    "interactivityLevel semanticDensity intendedEndUserRole "
    "context typicalAgeRange "
    "difficulty typicalLearningTime description language",
    "rights": "cost copyrightAndOtherRestrictions description",
    "relation": "kind resource",
    "resource": "identifier description",
    "classification": "purpose taxonPath description keyword",
    "taxonPath": "source taxon",
    "taxon": "id entry",
    "identifier": "catalog entry",
}
OWN_LISTS = {
    "structure": {"atomic", "collection", "networked", "hierarchical", "linear"},
    "aggregationLevel": {"1", "2", "3", "4"},
    "status": {"draft", "final", "revised", "unavailable"},
    "role": {"author", "publisher"},
    "learningResourceType": {"slide", "exercise", "self assessment", "questionnaire"},
    "intendedEndUserRole": {"teacher", "author", "learner", "manager"},
    "context": {"school", "higher education", "training", "other"},
    "cost": {"yes", "no"},
    "copyrightAndOtherRestrictions": {"yes", "no"},
    "kind": {"ispartof", "haspart", "isbasedon"},
    "purpose": {"discipline", "competency", "educational objective"},
}
"""Values of LOM's own lists, as far as ours may use them."""
_schema = etree.XMLSchema(etree.fromstring(ENVELOPE))


def checked(content: bytes) -> etree._Element:
    """The answer as a tree; fails the test when it does not keep to the protocol."""
    tree = etree.fromstring(content)
    _schema.assertValid(tree)
    for record in tree.iter(OAI + "record"):
        header, held = record.find(OAI + "header"), record.find(OAI + "metadata")
        assert (held is None) == (header.get("status") == "deleted"), (
            "a deleted record has no metadata, every other has"
        )
        if held is not None:
            _metadata(held[0])
    return tree


def _metadata(part: etree._Element) -> None:
    if part.tag == "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc":
        assert all(
            one.tag.startswith(DC) and one.tag.removeprefix(DC) in FIFTEEN and not len(one) for one in part
        )
        assert all(set(one.attrib) <= {LANG} and one.text for one in part)
    elif part.tag == LOM + "lom":
        _lom(part)
    else:
        assert part.tag == RDF + "RDF"


def _lom(part: etree._Element) -> None:
    name = part.tag.removeprefix(LOM)
    assert part.tag.startswith(LOM)
    names = [one.tag.removeprefix(LOM) for one in part]
    if names == ["source", "value"]:
        source, value = (one.text for one in part)
        assert source != "LOMv1.0" or value in OWN_LISTS[name], (name, value)
    elif names and set(names) <= {"string"}:
        assert all(one.get("language") and one.text for one in part)
    elif names == ["dateTime"] or names == ["duration"]:
        assert part[0].text
    elif names:
        allowed = CHILDREN[name].split()
        assert names == sorted(names, key=allowed.index), f"{name}: {names}"
        for one in part:
            _lom(one)
    else:
        assert part.text, name
