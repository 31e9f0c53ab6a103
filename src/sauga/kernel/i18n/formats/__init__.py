"""What Django's own formats lack or get wrong (`FORMAT_MODULE_PATH`)."""
