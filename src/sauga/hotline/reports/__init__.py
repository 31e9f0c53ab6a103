"""Reports: the public form, what a reporter adds and reads later, the report page at the desk; reports that
the helpline passes on."""
