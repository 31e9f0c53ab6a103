"""What a schedule must look like for programs of conferences (frab, pentabarf), as an XML Schema for `lxml`.

The published schema does not lie offline; this one was written anew from its rules: order of days, rooms and
sessions, the elements that each session needs, how times are written, what is unique.
"""

SCHEMA = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="hour"><xs:restriction base="xs:string">
    <xs:pattern value="[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="length"><xs:restriction base="xs:string">
    <xs:pattern value="[0-9]{1,2}:[0-5][0-9](:[0-9]{1,2})?"/></xs:restriction></xs:simpleType>
  <xs:complexType name="session"><xs:all>
    <xs:element name="room" type="xs:string"/><xs:element name="title" type="xs:string"/>
    <xs:element name="subtitle" type="xs:string"/><xs:element name="type" type="xs:string"/>
    <xs:element name="date" type="xs:dateTime"/><xs:element name="start" type="hour"/>
    <xs:element name="duration" type="length"/><xs:element name="abstract" type="xs:string"/>
    <xs:element name="slug" type="xs:string"/><xs:element name="track" type="xs:string"/>
    <xs:element name="language" type="xs:string" minOccurs="0"/>
    <xs:element name="description" type="xs:string" minOccurs="0"/>
    <xs:element name="recording" minOccurs="0"><xs:complexType><xs:all>
      <xs:element name="license" type="xs:string"/><xs:element name="optout" type="xs:boolean"/>
    </xs:all></xs:complexType></xs:element>
    <xs:element name="persons" minOccurs="0"><xs:complexType><xs:sequence>
      <xs:element name="person" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:simpleContent>
        <xs:extension base="xs:string"><xs:attribute name="id" type="xs:positiveInteger"/></xs:extension>
      </xs:simpleContent></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
  </xs:all>
    <xs:attribute name="id" type="xs:positiveInteger" use="required"/>
    <xs:attribute name="guid" type="xs:string"/>
  </xs:complexType>
  <xs:element name="schedule">
    <xs:complexType><xs:sequence>
      <xs:element name="version" type="xs:string" minOccurs="0"/>
      <xs:element name="conference"><xs:complexType><xs:all>
        <xs:element name="title" type="xs:string"/><xs:element name="acronym" type="xs:string"/>
        <xs:element name="start" type="xs:date" minOccurs="0"/>
        <xs:element name="end" type="xs:date" minOccurs="0"/>
        <xs:element name="days" type="xs:integer" minOccurs="0"/>
        <xs:element name="timeslot_duration" type="length" minOccurs="0"/>
      </xs:all></xs:complexType></xs:element>
      <xs:element name="day" maxOccurs="unbounded"><xs:complexType><xs:sequence>
        <xs:element name="room" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
          <xs:element name="event" type="session" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence><xs:attribute name="name" type="xs:string"/></xs:complexType></xs:element>
      </xs:sequence>
        <xs:attribute name="index" type="xs:positiveInteger"/><xs:attribute name="date" type="xs:date"/>
        <xs:attribute name="start" type="xs:dateTime"/><xs:attribute name="end" type="xs:dateTime"/>
      </xs:complexType></xs:element>
    </xs:sequence></xs:complexType>
    <xs:unique name="numbers"><xs:selector xpath="day/room/event"/><xs:field xpath="@id"/></xs:unique>
    <xs:unique name="names"><xs:selector xpath="day/room/event"/><xs:field xpath="@guid"/></xs:unique>
    <xs:unique name="slugs"><xs:selector xpath="day/room/event/slug"/><xs:field xpath="."/></xs:unique>
  </xs:element>
</xs:schema>
"""
